package io.tombola.deploy.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.run.Durations;
import io.tombola.protocol.spec.CampaignSpec;
import java.time.Duration;
import java.util.Locale;

/**
 * About how long a campaign takes.
 *
 * @param seconds from start to end, at least the time of one replicate's chain
 * @param slots trainings at a time
 * @param pace what it was worked out from
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record TimePlan(long seconds, int slots, Pace pace) {

  /** The plan of a campaign whose every slot trains at that pace, in every round. */
  static TimePlan of(CampaignSpec spec, int slots, Pace pace) {
    double shared = millis(Workload.of(spec), pace) / slots;
    double chain = millis(Workload.chain(spec), pace);
    return new TimePlan(Math.round(Math.max(shared, chain) / 1000), slots, pace);
  }

  private static double millis(Workload work, Pace pace) {
    return work.iterations() * pace.millisPerIteration()
        + work.evaluations() * pace.millisPerEvaluation();
  }

  String toText() {
    return String.format(
        Locale.ROOT,
        "about %s on %d %s, at %.1f ms an iteration and %.0f ms an evaluation",
        Durations.text(Duration.ofSeconds(seconds)),
        slots,
        slots == 1 ? "slot" : "slots",
        pace.millisPerIteration(),
        pace.millisPerEvaluation());
  }
}
