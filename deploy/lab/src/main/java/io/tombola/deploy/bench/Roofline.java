package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The most that one core computes and moves.
 *
 * @param computing floating-point operations per second
 * @param moving bytes per second
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Roofline(List<Rate> computing, List<Rate> moving) {

  static Roofline measure(InterleavedBenchmark race, PeakKernels yards) {
    List<PeakKernels.PeakMeasurement> all = new ArrayList<>(yards.computing());
    List<PeakKernels.PeakMeasurement> moving = List.of(yards.cache(), yards.memory());
    all.addAll(moving);
    Map<String, InterleavedBenchmark.Sample> laps = race.run("yard", all);
    return new Roofline(rates(yards.computing(), laps), rates(moving, laps));
  }

  static List<Rate> rates(
      List<PeakKernels.PeakMeasurement> yards, Map<String, InterleavedBenchmark.Sample> laps) {
    return yards.stream()
        .map(yard -> Rate.of(yard.name(), yard.amount(), laps.get(yard.name()).cpu()))
        .toList();
  }

  BenchmarkTable table() {
    List<List<String>> rows = new ArrayList<>();
    computing.forEach(rate -> rows.add(row(rate, "GFLOP/s")));
    moving.forEach(rate -> rows.add(row(rate, "GB/s")));
    return new BenchmarkTable(
        "Floor: the most that one core computes and moves",
        List.of("what", "unit", "best", "median"),
        2,
        rows,
        List.of());
  }

  private static List<String> row(Rate rate, String unit) {
    return List.of(
        rate.name(),
        unit,
        BenchmarkTable.number(rate.perSecond() / 1e9),
        BenchmarkTable.number(rate.amount() / rate.seconds().median() / 1e9));
  }
}
