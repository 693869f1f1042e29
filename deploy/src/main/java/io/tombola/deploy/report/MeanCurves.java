package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import io.tombola.protocol.record.RoundRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The mean learning curves of a campaign on one common grid.
 *
 * @param iterations ascending
 * @param curves by round and arm
 */
record MeanCurves(List<Integer> iterations, List<MeanCurve> curves) {

  private record Key(int round, Arm.Kind kind) {}

  /** Averages the curves of the records that have a result and a curve. */
  static MeanCurves of(List<RoundRecord> records, CurveSource source) {
    List<RoundRecord> ok =
        records.stream().filter(r -> r.status() == RoundRecord.Status.OK).toList();
    SortedMap<Key, List<List<CurvePoint>>> byArm =
        new TreeMap<>(Comparator.comparingInt(Key::round).thenComparing(Key::kind));
    for (RoundRecord record : ok) {
      source
          .curve(record.trial())
          .filter(curve -> !curve.isEmpty())
          .ifPresent(
              curve ->
                  byArm
                      .computeIfAbsent(
                          new Key(record.round(), record.arm().kind()), k -> new ArrayList<>())
                      .add(curve));
    }
    int[] grid =
        byArm.values().stream()
            .flatMap(List::stream)
            .flatMap(List::stream)
            .mapToInt(CurvePoint::iteration)
            .distinct()
            .sorted()
            .toArray();
    List<MeanCurve> curves = new ArrayList<>();
    byArm.forEach(
        (key, trainings) ->
            curves.add(
                new MeanCurve(
                    key.round(),
                    key.kind().word(),
                    trainings.size(),
                    band(trainings, grid, CurvePoint::testAccuracyPercent),
                    band(trainings, grid, CurvePoint::validationLossNats))));
    return new MeanCurves(IntStream.of(grid).boxed().toList(), List.copyOf(curves));
  }

  private static MeanCurve.Band band(
      List<List<CurvePoint>> trainings, int[] grid, ToDoubleFunction<CurvePoint> measure) {
    return MeanCurve.Band.of(
        trainings.stream()
            .map(curve -> onGrid(curve.stream(), grid, measure))
            .toArray(double[][]::new));
  }

  private static double[] onGrid(
      Stream<CurvePoint> curve, int[] grid, ToDoubleFunction<CurvePoint> measure) {
    double[] values = new double[grid.length];
    Arrays.fill(values, Double.NaN);
    curve.forEach(
        point ->
            values[Arrays.binarySearch(grid, point.iteration())] = measure.applyAsDouble(point));
    return values;
  }
}
