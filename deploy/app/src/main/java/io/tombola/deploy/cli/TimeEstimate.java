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
 * @param firstRound the times of the dense network
 * @param lastRound the times of the last round's tickets
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record TimeEstimate(long seconds, int slots, IterationTime firstRound, IterationTime lastRound) {

  /**
   * The estimate for a campaign on slots that are equally fast.
   *
   * @param times by round, from 0 to the last
   */
  static TimeEstimate of(CampaignSpec spec, int slots, List<IterationTime> times) {
    double shared = millis(spec, spec.trials(), times) / slots;
    double chain = millis(spec, TrainingLoad.chain(spec), times);
    long seconds = Math.round(Math.max(shared, chain) / 1000);
    return new TimeEstimate(seconds, slots, times.get(0), times.get(times.size() - 1));
  }

  private static double millis(CampaignSpec spec, List<TrialId> trials, List<IterationTime> times) {
    return trials.stream()
        .mapToDouble(trial -> times.get(trial.round()).millis(TrainingLoad.of(spec, trial)))
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
