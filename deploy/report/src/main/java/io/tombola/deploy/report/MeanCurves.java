package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.training.LearningCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The mean learning curves of a campaign on a common grid; where the test set was measured less
 * often than the validation set, on a coarser one for it.
 *
 * @param iterations ascending, at most {@value #POINTS}
 * @param testIterations the grid of test accuracies, ascending, at most {@value #POINTS}
 * @param curves by round and arm
 */
record MeanCurves(List<Integer> iterations, List<Integer> testIterations, List<MeanCurve> curves) {

  private static final int POINTS = 201;

  private record Key(int round, Arm.Kind kind) {}

  /** Averages the curves of the records that have a result and a curve. */
  static MeanCurves of(List<RoundRecord> records, TrialArtifacts artifacts) {
    List<RoundRecord> ok =
        records.stream().filter(r -> r.status() == RoundRecord.Status.OK).toList();
    SortedMap<Key, List<List<LearningCurve.Point>>> byArm =
        new TreeMap<>(Comparator.comparingInt(Key::round).thenComparing(Key::kind));
    for (RoundRecord record : ok) {
      artifacts
          .curve(record.trial())
          .map(LearningCurve::points)
          .filter(points -> !points.isEmpty())
          .ifPresent(
              points ->
                  byArm
                      .computeIfAbsent(
                          new Key(record.round(), record.arm().kind()), k -> new ArrayList<>())
                      .add(points));
    }
    List<LearningCurve.Point> points =
        byArm.values().stream().flatMap(List::stream).flatMap(List::stream).toList();
    int[] grid = thinned(points.stream().mapToInt(LearningCurve.Point::iteration));
    int[] testGrid = testGrid(points);
    List<MeanCurve> curves = new ArrayList<>();
    byArm.forEach(
        (key, trainings) ->
            curves.add(
                new MeanCurve(
                    key.round(),
                    key.kind().word(),
                    trainings.size(),
                    band(
                        trainings,
                        testGrid,
                        point -> point.testAccuracyPercent().orElse(Double.NaN)),
                    band(trainings, grid, LearningCurve.Point::validationLossNats))));
    return new MeanCurves(
        IntStream.of(grid).boxed().toList(),
        IntStream.of(testGrid).boxed().toList(),
        List.copyOf(curves));
  }

  /** Without the new minima, where only the training that has one measures the test set. */
  private static int[] testGrid(List<LearningCurve.Point> points) {
    Set<Integer> lacking =
        points.stream()
            .filter(point -> point.testAccuracyPercent().isEmpty())
            .map(LearningCurve.Point::iteration)
            .collect(Collectors.toSet());
    return thinned(
        points.stream().mapToInt(LearningCurve.Point::iteration).filter(i -> !lacking.contains(i)));
  }

  private static MeanCurve.Band band(
      List<List<LearningCurve.Point>> trainings,
      int[] grid,
      ToDoubleFunction<LearningCurve.Point> measure) {
    return MeanCurve.Band.of(
        trainings.stream().map(curve -> onGrid(curve, grid, measure)).toArray(double[][]::new));
  }

  /** The distinct iterations, ascending; so many that a picture shows no more. */
  static int[] thinned(IntStream iterations) {
    int[] all = iterations.distinct().sorted().toArray();
    int step = (all.length + POINTS - 2) / (POINTS - 1);
    return all.length <= POINTS
        ? all
        : IntStream.range(0, all.length)
            .filter(i -> i % step == 0 || i == all.length - 1)
            .map(i -> all[i])
            .toArray();
  }

  /** The values of a curve at the iterations of the grid; NaN where it has none. */
  static double[] onGrid(
      List<LearningCurve.Point> curve, int[] grid, ToDoubleFunction<LearningCurve.Point> measure) {
    double[] values = new double[grid.length];
    Arrays.fill(values, Double.NaN);
    for (LearningCurve.Point point : curve) {
      int at = Arrays.binarySearch(grid, point.iteration());
      if (at >= 0) {
        values[at] = measure.applyAsDouble(point);
      }
    }
    return values;
  }
}
