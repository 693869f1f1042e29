package io.tombola.deploy.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The learning curves of one round and arm, averaged point by point.
 *
 * @param arm the word of the arm's kind
 * @param n trainings
 */
record MeanCurve(int round, String arm, int n, Band testAccuracyPercent, Band validationLossNats) {

  /**
   * Mean, minimum and maximum at each iteration of the grid; empty where a training has no finite
   * value, so that a mean is always over all of them.
   */
  record Band(List<Optional<Double>> mean, List<Optional<Double>> min, List<Optional<Double>> max) {

    /** {@code values[training][iteration]}, NaN where there is none. */
    static Band of(double[][] values) {
      List<Optional<SummaryStats>> spreads =
          IntStream.range(0, values[0].length).mapToObj(i -> spreadAt(values, i)).toList();
      return new Band(
          spreads.stream().map(s -> s.map(SummaryStats::mean).map(Band::rounded)).toList(),
          spreads.stream().map(s -> s.map(SummaryStats::min).map(Band::rounded)).toList(),
          spreads.stream().map(s -> s.map(SummaryStats::max).map(Band::rounded)).toList());
    }

    private static Optional<SummaryStats> spreadAt(double[][] values, int i) {
      boolean complete =
          IntStream.range(0, values.length).allMatch(t -> Double.isFinite(values[t][i]));
      return complete
          ? Optional.of(
              SummaryStats.of(IntStream.range(0, values.length).mapToDouble(t -> values[t][i])))
          : Optional.empty();
    }

    // A picture shows no more, and the file stays small.
    private static double rounded(double value) {
      return Math.round(value * 1e4) / 1e4;
    }
  }
}
