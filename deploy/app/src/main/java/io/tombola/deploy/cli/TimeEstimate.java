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
 * About how long a campaign takes.
 *
 * @param seconds from start to end, at least the time of one replicate's chain
 * @param slots trainings at a time
 * @param firstRound the pace of the dense network
 * @param lastRound the pace of the last tickets
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record TimeEstimate(long seconds, int slots, Throughput firstRound, Throughput lastRound) {

  /**
   * The plan of a campaign whose every slot trains at these paces.
   *
   * @param paces one a round, from 0 to the last
   */
  static TimeEstimate of(CampaignSpec spec, int slots, List<Throughput> paces) {
    double shared = millis(spec, spec.trials(), paces) / slots;
    double chain = millis(spec, TrainingLoad.chain(spec), paces);
    long seconds = Math.round(Math.max(shared, chain) / 1000);
    return new TimeEstimate(seconds, slots, paces.get(0), paces.get(paces.size() - 1));
  }

  private static double millis(CampaignSpec spec, List<TrialId> trials, List<Throughput> paces) {
    return trials.stream()
        .mapToDouble(trial -> paces.get(trial.round()).millis(TrainingLoad.of(spec, trial)))
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
