package io.tombola.deploy.bench.engines;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.measure.InterleavedBenchmark;
import io.tombola.deploy.bench.measure.TimingSummary;
import io.tombola.deploy.text.CaptionedTable;
import io.tombola.deploy.text.NumberText;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Engines and PyTorch at the same operation, in one interleaved benchmark.
 *
 * @param examples that one unit of the operation processes
 * @param densityPercent remaining weights
 * @param floorSeconds time of the operation on the remaining weights alone, at the peak rates that
 *     were measured in the same run (roofline)
 * @param refused engines that do not support this network, with their messages
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record EngineComparison(
    String network,
    int examples,
    double densityPercent,
    double floorSeconds,
    List<Entry> entries,
    Map<String, String> refused) {

  /**
   * The times of one engine.
   *
   * @param cpu CPU seconds of an iteration, or of one evaluation of the examples
   * @param wall wall-clock seconds of the same
   * @param perSecond operations per second of CPU time, by the median
   * @param ofFloor the floor's time divided by the median
   * @param ofPeer PyTorch's median divided by this median; empty without PyTorch
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Entry(
      String name,
      TimingSummary cpu,
      TimingSummary wall,
      double perSecond,
      double ofFloor,
      OptionalDouble ofPeer) {}

  static Entry entry(
      String name,
      InterleavedBenchmark.Sample sample,
      double floorSeconds,
      OptionalDouble pytorchSeconds) {
    double median = sample.cpu().median();
    OptionalDouble ofPeer =
        pytorchSeconds.isPresent()
            ? OptionalDouble.of(pytorchSeconds.getAsDouble() / median)
            : OptionalDouble.empty();
    return new Entry(name, sample.cpu(), sample.wall(), 1 / median, floorSeconds / median, ofPeer);
  }

  /** The results in short, a line each, for the progress of the benchmark. */
  List<String> headlines(String operation) {
    return entries.stream()
        .map(
            entry ->
                "%s, %s at %s %%: %s ms, %s of the floor%s"
                    .formatted(
                        operation + " " + network,
                        entry.name(),
                        NumberText.significant(densityPercent),
                        NumberText.milliseconds(entry.cpu().median()),
                        NumberText.significant(entry.ofFloor()),
                        entry.ofPeer().isPresent()
                            ? ", %s x PyTorch"
                                .formatted(NumberText.significant(entry.ofPeer().getAsDouble()))
                            : ""))
        .toList();
  }

  List<List<String>> rows() {
    return entries.stream().map(this::row).toList();
  }

  private List<String> row(Entry entry) {
    return List.of(
        network,
        entry.name(),
        Integer.toString(examples),
        NumberText.significant(densityPercent),
        NumberText.significant(entry.perSecond()),
        NumberText.milliseconds(entry.cpu().minimum()),
        NumberText.milliseconds(entry.cpu().median()),
        NumberText.significant(entry.cpu().spreadPercent()),
        NumberText.significant(entry.ofFloor()),
        entry.ofPeer().isPresent() ? NumberText.significant(entry.ofPeer().getAsDouble()) : "-");
  }

  /** Comparisons for people. */
  public static CaptionedTable table(
      String title, List<EngineComparison> comparisons, List<String> notes) {
    return new CaptionedTable(
        title,
        List.of(
            "network",
            "engine",
            "examples",
            "density %",
            "times/s",
            "ms, best",
            "ms, median",
            "spread %",
            "÷ floor",
            "÷ PyTorch"),
        2,
        comparisons.stream().flatMap(c -> c.rows().stream()).toList(),
        notes);
  }
}
