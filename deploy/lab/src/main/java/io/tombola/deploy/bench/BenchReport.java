package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.campaign.CampaignCost;
import io.tombola.deploy.bench.campaign.Soak;
import io.tombola.deploy.bench.developer.HttpLoad;
import io.tombola.deploy.bench.developer.InterTrialLatency;
import io.tombola.deploy.bench.developer.Microbenchmark;
import io.tombola.deploy.bench.developer.Slots;
import io.tombola.deploy.bench.engines.EngineComparison;
import io.tombola.deploy.bench.engines.PyTorchBaseline;
import io.tombola.deploy.bench.engines.Roofline;
import io.tombola.deploy.bench.measure.BenchmarkSettings;
import io.tombola.deploy.text.CaptionedTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The results of {@code tombola bench}; sections that were not requested are empty.
 *
 * @param format of this record: 1
 * @param seconds that the benchmark took
 * @param scale the settings
 * @param data a phrase that describes the data
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
  public List<CaptionedTable> tables() {
    List<CaptionedTable> tables = new ArrayList<>();
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
        """
        Adam, masks drawn at random at the density; %s. Times are CPU time of the one thread that \
        computes, in windows that alternate between all targets of a network and density, floor \
        and PyTorch included; spread is how far the median is above the best window; ratios are of \
        medians. The floor is the time of the remaining weights alone: their multiplications at \
        the highest rate above, and Adam's memory traffic at that of the cache.\
        """
            .formatted(data));
    if (machine.peer().isPresent()) {
      notes.add(
          """
          PyTorch trains the dense network on the same images, on one thread, and applies the mask \
          to the weights after each step. Its OpenBLAS is given the kernel that suits the \
          processor: an older OpenBLAS does not detect a newer processor and takes about twice as \
          long. In rows named %s it also flushes subnormal numbers to 0, which it does not do by \
          default.\
          """
              .formatted(PyTorchBaseline.FLUSHING));
    }
    engines.stream()
        .flatMap(comparison -> comparison.refused().entrySet().stream())
        .map(refused -> refused.getKey() + ": " + refused.getValue())
        .distinct()
        .forEach(notes::add);
    return notes;
  }

  /** As a document that names the command that produced it. */
  public String toMarkdown(String command) {
    StringBuilder text = new StringBuilder("# Speed\n\nMade by `" + command + "`.\n\n");
    tables().forEach(table -> text.append(table.toMarkdown()));
    return text.toString().stripTrailing() + "\n";
  }
}
