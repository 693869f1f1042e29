package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.training.LinearPath;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How test error rises on the line between tickets and their copies under other data orders
 * (Frankle et al. 2020, arXiv 1912.05671, section 2).
 *
 * @param barriers by round
 * @param paths by round
 */
record StabilityPaths(List<Barrier> barriers, List<Path> paths) {

  /**
   * The barriers of a round's copies.
   *
   * @param points percentage points of test error, over replicates and copies
   */
  record Barrier(int round, double remainingPercent, SummaryStats points) {}

  /**
   * The errors on the lines to a round's copies.
   *
   * @param n lines
   * @param alphas 0 at the ticket, 1 at the copy
   */
  record Path(
      int round,
      double remainingPercent,
      int n,
      List<Double> alphas,
      MeanCurve.Band testErrorPercent) {}

  static StabilityPaths of(List<RoundRecord> records, TrialArtifacts artifacts) {
    List<List<RoundRecord>> rounds =
        List.copyOf(
            records.stream()
                .filter(r -> r.arm().kind() == Arm.Kind.ORDER)
                .filter(r -> r.errorBarrierPercent().isPresent())
                .collect(
                    Collectors.groupingBy(RoundRecord::round, TreeMap::new, Collectors.toList()))
                .values());
    return new StabilityPaths(
        rounds.stream().map(StabilityPaths::barrier).toList(),
        rounds.stream().flatMap(round -> path(round, artifacts).stream()).toList());
  }

  private static Barrier barrier(List<RoundRecord> copies) {
    return new Barrier(
        copies.get(0).round(),
        copies.get(0).remainingPercent(),
        SummaryStats.of(copies.stream().mapToDouble(r -> r.errorBarrierPercent().orElseThrow())));
  }

  private static Optional<Path> path(List<RoundRecord> copies, TrialArtifacts artifacts) {
    List<LinearPath> paths =
        copies.stream().flatMap(copy -> artifacts.path(copy.trial()).stream()).toList();
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    List<Double> alphas = alphas(paths.get(0));
    double[][] errors =
        paths.stream()
            .filter(path -> alphas(path).equals(alphas))
            .map(
                path ->
                    path.points().stream()
                        .mapToDouble(LinearPath.Point::testErrorPercent)
                        .toArray())
            .toArray(double[][]::new);
    return Optional.of(
        new Path(
            copies.get(0).round(),
            copies.get(0).remainingPercent(),
            errors.length,
            alphas,
            MeanCurve.Band.of(errors)));
  }

  private static List<Double> alphas(LinearPath path) {
    return path.points().stream().map(LinearPath.Point::alpha).toList();
  }
}
