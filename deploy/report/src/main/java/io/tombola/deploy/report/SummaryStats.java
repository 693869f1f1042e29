package io.tombola.deploy.report;

import io.tombola.deploy.text.NumberText;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Mean and range of a measure over trials.
 *
 * @param n trials, at least 1
 */
public record SummaryStats(int n, double mean, double min, double max) {

  /** Means closer than this are equal: what summing in another order may change. */
  private static final double ROUNDING = 1e-9;

  /**
   * Summarizes at least one value.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SummaryStats of(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("expected at least one value, found none");
    }
    double mean = Arrays.stream(sorted).sum() / sorted.length;
    return new SummaryStats(sorted.length, mean, sorted[0], sorted[sorted.length - 1]);
  }

  /** Whether this mean is greater. */
  public boolean exceeds(SummaryStats other) {
    return mean > other.mean + ROUNDING;
  }

  /** Whether some value of one lies within the range of the other. */
  public boolean overlaps(SummaryStats other) {
    return min <= other.max && other.min <= max;
  }

  /** The mean percentage with its range and count, {@code 87.93 % (min 87.80, max 88.01, n=2)}. */
  String percentText(String unit) {
    String range =
        n == 1 ? "" : "min " + NumberText.percent(min) + ", max " + NumberText.percent(max) + ", ";
    return NumberText.percent(mean) + unit + " (" + range + "n=" + n + ")";
  }

  /** The mean iteration with its range, if it has one, {@code 2,600 (2,500 to 2,700)}. */
  String iterationText() {
    String text = NumberText.whole(mean);
    return min == max
        ? text
        : text + " (" + NumberText.whole(min) + " to " + NumberText.whole(max) + ")";
  }
}
