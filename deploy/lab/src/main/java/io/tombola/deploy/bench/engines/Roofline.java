package io.tombola.deploy.bench.engines;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.measure.InterleavedBenchmark;
import io.tombola.deploy.text.CaptionedTable;
import io.tombola.deploy.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The most that one core computes and moves (Williams et al. 2009, Roofline, CACM 52(4)).
 *
 * @param computing floating-point operations per second
 * @param moving bytes per second
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Roofline(List<KernelThroughput> computing, List<KernelThroughput> moving) {

  /** Measures the roofline of the core that the calling thread runs on. */
  public static Roofline measure(InterleavedBenchmark benchmark, PeakKernels peaks) {
    List<PeakKernels.PeakMeasurement> all = new ArrayList<>(peaks.computing());
    List<PeakKernels.PeakMeasurement> moving = List.of(peaks.cache(), peaks.memory());
    all.addAll(moving);
    Map<String, InterleavedBenchmark.Sample> samples = benchmark.run("roofline", all);
    return new Roofline(rates(peaks.computing(), samples), rates(moving, samples));
  }

  static List<KernelThroughput> rates(
      List<PeakKernels.PeakMeasurement> peaks, Map<String, InterleavedBenchmark.Sample> samples) {
    return peaks.stream()
        .map(
            peak ->
                KernelThroughput.of(
                    peak.name(),
                    peak.amount(),
                    InterleavedBenchmark.Sample.of(peak, samples).cpu()))
        .toList();
  }

  /** The rates for people. */
  public CaptionedTable table() {
    List<List<String>> rows = new ArrayList<>();
    computing.forEach(rate -> rows.add(row(rate, "GFLOP/s")));
    moving.forEach(rate -> rows.add(row(rate, "GB/s")));
    return new CaptionedTable(
        "Floor: the most that one core computes and moves",
        List.of("what", "unit", "best", "median"),
        2,
        rows,
        List.of());
  }

  private static List<String> row(KernelThroughput rate, String unit) {
    return List.of(
        rate.name(),
        unit,
        NumberText.significant(rate.perSecond() / 1e9),
        NumberText.significant(rate.amount() / rate.seconds().median() / 1e9));
  }
}
