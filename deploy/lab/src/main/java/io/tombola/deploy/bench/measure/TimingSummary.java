package io.tombola.deploy.bench.measure;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * Seconds that one unit of an operation took, over several windows.
 *
 * @param minimum of the fastest window: the cost where nothing disturbs it
 * @param median of the windows
 * @param maximum of the slowest window
 * @param windows number of windows
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TimingSummary(double minimum, double median, double maximum, int windows) {

  /** Summarizes at least one window. */
  public static TimingSummary of(List<Double> seconds) {
    List<Double> sorted = seconds.stream().sorted().toList();
    int count = sorted.size();
    double median = (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2;
    return new TimingSummary(sorted.get(0), median, sorted.get(count - 1), count);
  }

  /** How far the median is above the minimum, in percent of the minimum. */
  public double spreadPercent() {
    return 100 * (median / minimum - 1);
  }
}
