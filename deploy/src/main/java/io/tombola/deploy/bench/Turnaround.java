package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.Scale.CampaignScale;
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
public record Turnaround(Timing turn, Timing open) {

  /** Before the compiler has seen all of it. */
  private static final int FIRST = 4;

  private static final int ARMS = 4;
  private static final int FEW = 100;

  static Turnaround measure(BenchData data, Path directory, CampaignScale scale, Halt halt) {
    int rounds = Math.max(2, scale.turns() / ARMS);
    BenchCampaign campaign =
        BenchCampaign.of(
            "bench-turns",
            data.campaign(6_000, FEW, FEW),
            rounds,
            "controls.reinit=" + (ARMS - 1),
            "devices.cpu-slots=1",
            "training.iterations=2");
    EngineMeter meter = new EngineMeter(trainings -> {});
    campaign.run(directory, meter, halt);
    List<EngineMeter.Turn> turns = meter.turns();
    List<EngineMeter.Turn> warm = turns.subList(FIRST, turns.size());
    return new Turnaround(
        Timing.of(warm.stream().map(EngineMeter.Turn::turnSeconds).toList()),
        Timing.of(warm.stream().map(EngineMeter.Turn::openSeconds).toList()));
  }

  Table table() {
    return new Table(
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

  private static List<String> row(String what, Timing timing) {
    return List.of(
        what,
        Table.millis(timing.minimum()),
        Table.millis(timing.median()),
        Table.millis(timing.maximum()));
  }
}
