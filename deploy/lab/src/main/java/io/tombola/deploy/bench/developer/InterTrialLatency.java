package io.tombola.deploy.bench.developer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.campaign.BenchCampaign;
import io.tombola.deploy.bench.campaign.EngineTimer;
import io.tombola.deploy.bench.engines.BenchmarkEnvironment;
import io.tombola.deploy.bench.measure.TimingSummary;
import io.tombola.deploy.text.CaptionedTable;
import io.tombola.deploy.text.NumberText;
import java.util.List;

/**
 * The time between two trials on one slot, in a campaign of trials of two steps.
 *
 * @param turn seconds from the end of a trial's last step or evaluation to the end of the next
 *     trial's first step. They include saving the result, journal, pruning, rewinding, reading what
 *     the next trial starts from, its first evaluation, of very few examples, and the step
 * @param open of these, seconds from the opening of the engine's session
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record InterTrialLatency(TimingSummary turn, TimingSummary open) {

  /** Trials that are not counted: the JIT compiler has not compiled everything yet. */
  private static final int WARM_UP_TRIALS = 4;

  private static final int ARMS = 4;
  private static final int EVALUATED_EXAMPLES = 100;

  /** Runs the campaign. */
  public static InterTrialLatency measure(BenchmarkEnvironment environment) {
    int rounds = Math.max(2, environment.settings().campaign().turns() / ARMS);
    BenchCampaign campaign =
        BenchCampaign.of(
            "bench-turns",
            environment.data().campaign(6_000, EVALUATED_EXAMPLES, EVALUATED_EXAMPLES),
            rounds,
            "controls.reinit=" + (ARMS - 1),
            "devices.cpu-slots=1",
            "training.iterations=2");
    EngineTimer timer = new EngineTimer(trials -> {});
    campaign.run(environment.directory(), timer, environment.cancellation());
    List<EngineTimer.Turn> turns = timer.turns();
    List<EngineTimer.Turn> counted = turns.subList(WARM_UP_TRIALS, turns.size());
    return new InterTrialLatency(
        TimingSummary.of(counted.stream().map(EngineTimer.Turn::turnSeconds).toList()),
        TimingSummary.of(counted.stream().map(EngineTimer.Turn::openSeconds).toList()));
  }

  /** Results for people. */
  public CaptionedTable table() {
    return new CaptionedTable(
        "From one training to the next on a slot",
        List.of("what", "ms, best", "ms, median", "ms, worst"),
        1,
        List.of(
            row("last step of one to first step of the next", turn),
            row("of these, from the engine's opening on", open)),
        List.of(
            "In wall-clock time, over %d trainings after the first %d."
                .formatted(turn.windows(), WARM_UP_TRIALS)));
  }

  private static List<String> row(String what, TimingSummary timing) {
    return List.of(
        what,
        NumberText.milliseconds(timing.minimum()),
        NumberText.milliseconds(timing.median()),
        NumberText.milliseconds(timing.maximum()));
  }
}
