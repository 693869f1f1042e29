package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Engines, and PyTorch, at the same work in one interleaved run.
 *
 * @param examples that a unit of the work goes through
 * @param densityPercent surviving weights
 * @param floorSeconds that the work of surviving weights takes at the rates of the floor, measured
 *     in the same run
 * @param refused engines that do not take this network, with what they say
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
   * What one of them took.
   *
   * @param cpu processor seconds of an iteration, or of evaluating the examples
   * @param wall seconds by the clock
   * @param perSecond how often a second of processor time would have held it, by the median
   * @param ofFloor the floor's time over its own, by the median
   * @param ofPeer PyTorch's time over its own, by the medians; empty without PyTorch
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
      InterleavedBenchmark.Sample lap,
      double floorSeconds,
      OptionalDouble peerSeconds) {
    double median = lap.cpu().median();
    OptionalDouble ofPeer =
        peerSeconds.isPresent()
            ? OptionalDouble.of(peerSeconds.getAsDouble() / median)
            : OptionalDouble.empty();
    return new Entry(name, lap.cpu(), lap.wall(), 1 / median, floorSeconds / median, ofPeer);
  }

  /** What there is to say while the bench goes on, a line each. */
  List<String> headlines(String work) {
    return entries.stream()
        .map(
            entry ->
                "%s, %s at %s %%: %s ms, %s of the floor%s"
                    .formatted(
                        work + " " + network,
                        entry.name(),
                        BenchmarkTable.number(densityPercent),
                        BenchmarkTable.millis(entry.cpu().median()),
                        BenchmarkTable.number(entry.ofFloor()),
                        entry.ofPeer().isPresent()
                            ? ", %s x PyTorch"
                                .formatted(BenchmarkTable.number(entry.ofPeer().getAsDouble()))
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
        BenchmarkTable.number(densityPercent),
        BenchmarkTable.number(entry.perSecond()),
        BenchmarkTable.millis(entry.cpu().minimum()),
        BenchmarkTable.millis(entry.cpu().median()),
        BenchmarkTable.number(entry.cpu().spreadPercent()),
        BenchmarkTable.number(entry.ofFloor()),
        entry.ofPeer().isPresent() ? BenchmarkTable.number(entry.ofPeer().getAsDouble()) : "-");
  }

  static BenchmarkTable table(
      String title, List<EngineComparison> comparisons, List<String> notes) {
    return new BenchmarkTable(
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
