package io.tombola.deploy.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.config.ResolvedConfig;
import io.tombola.deploy.config.RunConfig;
import io.tombola.deploy.text.TextTable;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.training.data.BadDataException;
import io.tombola.training.engine.EngineSelection;
import io.tombola.training.engine.NoDeviceException;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.mask.SparsitySchedule;
import io.tombola.training.network.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a campaign would do if it ran.
 *
 * @param campaignFile the resolved campaign
 * @param trials trainings in all
 * @param iterations optimizer steps in all
 * @param rounds the sparsity schedule of every replicate
 * @param time empty where nothing could be measured
 * @param noTime why nothing could be measured
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record DryRun(
    String campaignFile,
    int trials,
    long iterations,
    List<Level> rounds,
    DiskEstimate disk,
    Optional<TimeEstimate> time,
    Optional<String> noTime) {

  /** The weights that a round's ticket keeps. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Level(
      int round,
      int trials,
      long remainingWeights,
      long prunableWeights,
      double remainingPercent) {}

  /** Plans a run; trains for some seconds to measure iteration times. */
  static DryRun of(RunConfig config) {
    CampaignSpec spec = config.campaign();
    OptionalInt asked = config.devices().cpuSlots();
    try {
      Engines engines = asked.isPresent() ? Engines.detect(asked.getAsInt()) : Engines.detect();
      int slots = engines.devices().size();
      CampaignSpec here =
          spec.withEngine(EngineSelection.on(engines.devices(), spec.training().engine()));
      TimeEstimate time = TimeEstimate.of(here, slots, IterationTimeProbe.measure(here, engines));
      return of(spec, slots, Optional.of(time), Optional.empty());
    } catch (BadDataException | NoDeviceException e) {
      int slots = asked.orElse(Runtime.getRuntime().availableProcessors());
      return of(spec, slots, Optional.empty(), Optional.of(ExceptionMessage.of(e)));
    }
  }

  private static DryRun of(
      CampaignSpec spec, int slots, Optional<TimeEstimate> time, Optional<String> noTime) {
    return new DryRun(
        ResolvedConfig.render(spec),
        spec.trials().size(),
        TrainingLoad.of(spec).iterations(),
        levels(spec),
        DiskEstimate.of(spec, slots),
        time,
        noTime);
  }

  private static List<Level> levels(CampaignSpec spec) {
    List<SparsitySchedule.SparsityLevel> ladder =
        SparsitySchedule.of(spec.pruning(), Networks.of(spec));
    List<Level> levels = new ArrayList<>();
    for (int round = 0; round < ladder.size(); round++) {
      SparsitySchedule.SparsityLevel kept = ladder.get(round);
      levels.add(
          new Level(
              round,
              spec.replicates() * spec.arms(round).size(),
              kept.remaining(),
              kept.total(),
              kept.remainingPercent()));
    }
    return List.copyOf(levels);
  }

  String toText() {
    TextTable table =
        new TextTable(
            List.of(
                TextTable.number("round"),
                TextTable.number("trials"),
                TextTable.number("remaining"),
                TextTable.number("Pm")));
    for (Level level : rounds) {
      table.row(
          level.round(),
          level.trials(),
          level.remainingWeights(),
          String.format(Locale.ROOT, "%.2f", level.remainingPercent()));
    }
    String duration =
        time.map(TimeEstimate::toText).orElseGet(() -> "no estimate: " + noTime.orElse(""));
    return """
    %s
    %s
    %d trials, %d iterations
    disk: %s
    time: %s
    """
        .formatted(campaignFile, table, trials, iterations, disk.toText(), duration);
  }
}
