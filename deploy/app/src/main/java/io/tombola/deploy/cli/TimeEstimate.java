package io.tombola.deploy.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.text.DurationText;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * An estimate of the duration of a campaign.
 *
 * @param seconds from start to end, at least the time of one replicate's chain
 * @param slots the number of trainings at the same time
 * @param firstRound the throughput of the dense network
 * @param lastRound the throughput of the last round's tickets
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record TimeEstimate(long seconds, int slots, IterationTime firstRound, IterationTime lastRound) {

  /**
   * The estimate for a campaign whose slots all have this throughput.
   *
   * @param throughput by round, from 0 to the last
   */
  static TimeEstimate of(CampaignSpec spec, int slots, List<IterationTime> throughput) {
    double shared = millis(spec, spec.trials(), throughput) / slots;
    double chain = millis(spec, TrainingLoad.chain(spec), throughput);
    long seconds = Math.round(Math.max(shared, chain) / 1000);
    return new TimeEstimate(
        seconds, slots, throughput.get(0), throughput.get(throughput.size() - 1));
  }

  private static double millis(
      CampaignSpec spec, List<TrialId> trials, List<IterationTime> throughput) {
    return trials.stream()
        .mapToDouble(trial -> throughput.get(trial.round()).millis(TrainingLoad.of(spec, trial)))
        .sum();
  }

  String toText() {
    return String.format(
        Locale.ROOT,
        "about %s on %d %s, at %s in the first round, %s in the last",
        DurationText.text(Duration.ofSeconds(seconds)),
        slots,
        slots == 1 ? "slot" : "slots",
        firstRound.toText(),
        lastRound.toText());
  }
}
