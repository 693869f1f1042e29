package io.tombola.deploy.report;

import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.training.LearningCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How far the masks that successive evaluations of the dense network would give are apart, and when
 * they settle (You et al. 2020, arXiv 1909.11957, section 3.1).
 *
 * @param distance in percent of the weights
 * @param settled by replicate
 */
record EarlyBird(List<Integer> iterations, MeanCurve.Band distance, List<Settled> settled) {

  /** The threshold of the paper, in percent of the weights. */
  static final double THRESHOLD_PERCENT = 10;

  /** Evaluations in a row that must be below it. */
  static final int EVALUATIONS = 5;

  /**
   * When one replicate's mask settled.
   *
   * @param iteration the first of {@value EarlyBird#EVALUATIONS} evaluations in a row below the
   *     threshold; empty if there are none
   */
  record Settled(int replicate, OptionalInt iteration) {}

  /** Empty where no dense network's distances were measured. */
  static Optional<EarlyBird> of(List<RoundRecord> records, TrialArtifacts artifacts) {
    List<Settled> settled = new ArrayList<>();
    List<List<LearningCurve.Point>> measured = new ArrayList<>();
    for (RoundRecord record : records) {
      if (record.round() == 0 && record.arm().isTicket()) {
        List<LearningCurve.Point> points = measured(record.trial(), artifacts);
        if (!points.isEmpty()) {
          measured.add(points);
          settled.add(new Settled(record.replicate(), settled(points)));
        }
      }
    }
    return measured.isEmpty() ? Optional.empty() : Optional.of(mean(measured, settled));
  }

  private static List<LearningCurve.Point> measured(TrialId dense, TrialArtifacts artifacts) {
    return artifacts.curve(dense).stream()
        .flatMap(curve -> curve.points().stream())
        .filter(point -> point.maskDistance().isPresent())
        .toList();
  }

  private static OptionalInt settled(List<LearningCurve.Point> points) {
    return IntStream.rangeClosed(0, points.size() - EVALUATIONS)
        .filter(
            i ->
                points.subList(i, i + EVALUATIONS).stream()
                    .allMatch(point -> percent(point) < THRESHOLD_PERCENT))
        .map(i -> points.get(i).iteration())
        .findFirst();
  }

  private static EarlyBird mean(List<List<LearningCurve.Point>> measured, List<Settled> settled) {
    int[] grid =
        MeanCurves.thinned(
            measured.stream().flatMap(List::stream).mapToInt(LearningCurve.Point::iteration));
    double[][] values =
        measured.stream()
            .map(points -> MeanCurves.onGrid(points, grid, EarlyBird::percent))
            .toArray(double[][]::new);
    return new EarlyBird(Arrays.stream(grid).boxed().toList(), MeanCurve.Band.of(values), settled);
  }

  private static double percent(LearningCurve.Point point) {
    return 100 * point.maskDistance().orElseThrow();
  }
}
