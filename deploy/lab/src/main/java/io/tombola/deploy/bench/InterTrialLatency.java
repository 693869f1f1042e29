package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.BenchmarkSettings.CampaignScale;
import java.nio.file.Path;
import java.util.List;

/**
 * From one training to the next on one slot, in a campaign of trainings of two steps.
 *
 * @param turn seconds from the end of a training's last step or evaluation to the end of the next
 *     one's first step: saving the result, journal, pruning, rewinding, reading what the next one
 *     starts from, its first evaluation, of very few examples, and the step
 * @param open of these, seconds from when the engine is asked for a session
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record InterTrialLatency(TimingSummary turn, TimingSummary open) {

  /** Before the compiler has seen all of it. */
  private static final int FIRST = 4;

  private static final int ARMS = 4;
  private static final int FEW = 100;

  static InterTrialLatency measure(
      BenchData data, Path directory, CampaignScale scale, BenchmarkCanceller halt) {
    int rounds = Math.max(2, scale.turns() / ARMS);
    BenchCampaign campaign =
        BenchCampaign.of(
            "bench-turns",
            data.campaign(6_000, FEW, FEW),
            rounds,
            "controls.reinit=" + (ARMS - 1),
            "devices.cpu-slots=1",
            "training.iterations=2");
    EngineTimer meter = new EngineTimer(trainings -> {});
    campaign.run(directory, meter, halt);
    List<EngineTimer.Turn> turns = meter.turns();
    List<EngineTimer.Turn> warm = turns.subList(FIRST, turns.size());
    return new InterTrialLatency(
        TimingSummary.of(warm.stream().map(EngineTimer.Turn::turnSeconds).toList()),
        TimingSummary.of(warm.stream().map(EngineTimer.Turn::openSeconds).toList()));
  }

  BenchmarkTable table() {
    return new BenchmarkTable(
        "From one training to the next on a slot",
        List.of("what", "ms, best", "ms, median", "ms, worst"),
        1,
        List.of(
            row("last step of one to first step of the next", turn),
            row("of these, from the engine's opening on", open)),
        List.of(
            "By the clock on the wall, over %d trainings after the first %d."
                .formatted(turn.windows(), FIRST)));
  }

  private static List<String> row(String what, TimingSummary timing) {
    return List.of(
        what,
        BenchmarkTable.millis(timing.minimum()),
        BenchmarkTable.millis(timing.median()),
        BenchmarkTable.millis(timing.maximum()));
  }
}
