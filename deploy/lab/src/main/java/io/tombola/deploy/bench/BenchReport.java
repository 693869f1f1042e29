package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a bench found; sections that were not asked for are empty.
 *
 * @param format of this record: 1
 * @param seconds that the bench took
 * @param data what was trained on, in words
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BenchReport(
    int format,
    Instant startedAt,
    double seconds,
    Machine machine,
    BenchmarkSettings scale,
    String data,
    Optional<Roofline> floor,
    List<EngineComparison> engines,
    List<EngineComparison> evaluation,
    List<Microbenchmark> kernels,
    Optional<InterTrialLatency> start,
    List<Slots> slots,
    Optional<CampaignCost> campaign,
    Optional<HttpLoad> watchers,
    Optional<Soak> soak) {

  /** Results for people, the machine first. */
  public List<BenchmarkTable> tables() {
    List<BenchmarkTable> tables = new ArrayList<>();
    tables.add(machine.table());
    floor.map(Roofline::table).ifPresent(tables::add);
    if (!engines.isEmpty()) {
      tables.add(EngineComparison.table("Training: an iteration, per core", engines, notes()));
    }
    if (!evaluation.isEmpty()) {
      tables.add(EngineComparison.table("Evaluating examples, per core", evaluation, List.of()));
    }
    if (!kernels.isEmpty()) {
      tables.add(Microbenchmark.table(kernels));
    }
    start.map(InterTrialLatency::table).ifPresent(tables::add);
    if (!slots.isEmpty()) {
      tables.add(Slots.table(slots));
    }
    campaign.map(CampaignCost::table).ifPresent(tables::add);
    watchers.map(HttpLoad::table).ifPresent(tables::add);
    soak.map(Soak::table).ifPresent(tables::add);
    return tables;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "Adam, masks drawn at random at the density; %s. Times are processor time of the one"
                .formatted(data)
            + " thread that computes, in windows that alternate between all of a network and"
            + " density, floor and PyTorch included; spread is how far the median is above the"
            + " best window; ratios are of medians. The floor is what surviving weights cost:"
            + " their multiplications at the highest rate above, and Adam's traffic at that of the"
            + " cache.");
    machine
        .peer()
        .ifPresent(
            peer ->
                notes.add(
                    "PyTorch trains the dense network on the same images, on one thread, and lays the"
                        + " mask over the weights after each step. Its OpenBLAS is told which kernel"
                        + " suits the processor: an older one does not find out on a newer"
                        + " processor, and takes about twice as long. Where it is called "
                        + Peer.FLUSHING
                        + ", it was also told to flush subnormal numbers to 0, which it does not"
                        + " do by itself."));
    engines.stream()
        .flatMap(comparison -> comparison.refused().entrySet().stream())
        .map(refused -> refused.getKey() + ": " + refused.getValue())
        .distinct()
        .forEach(notes::add);
    return notes;
  }

  /** As a document, with the command that made it. */
  public String toMarkdown(String command) {
    StringBuilder text = new StringBuilder("# Speed\n\nMade by `" + command + "`.\n\n");
    tables().forEach(table -> text.append(table.toMarkdown()));
    return text.toString().stripTrailing() + "\n";
  }
}
