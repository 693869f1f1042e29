package io.tombola.actors.campaign;

import io.tombola.actors.round.Step;
import io.tombola.protocol.Arm;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Since when each trial could have been trained in this process: since the training that its mask,
 * or what it is compared with, comes from. Belongs to one supervisor; times are on the clock of
 * {@link System#nanoTime}.
 */
final class TrialReadiness {

  private final CampaignSpec campaign;
  private final long beganNanos = System.nanoTime();
  private final Map<Step.Train, Long> trainedNanos = new HashMap<>();
  private final Set<Step.Train> asked = new HashSet<>();

  TrialReadiness(CampaignSpec campaign) {
    this.campaign = campaign;
  }

  /** A training is done since {@code nanos}. */
  void trained(Step.Train step, long nanos) {
    trainedNanos.put(step, nanos);
  }

  /** Since when a step could have been done; a step that failed, or is asked again, since now. */
  long sinceNanos(Step.Train step) {
    return asked.add(step)
        ? before(step).map(trainedNanos::get).orElse(beganNanos)
        : System.nanoTime();
  }

  private Optional<Step.Train> before(Step.Train step) {
    if (step.arm().kind() == Arm.Kind.ORDER) {
      return Optional.of(new Step.Train(step.round(), Arm.TICKET));
    }
    if (step.round() == 0 || campaign.pruning().criterion().atInitialisation()) {
      return Optional.empty();
    }
    int before = campaign.pruning().schedule() == Schedule.ONE_SHOT ? 0 : step.round() - 1;
    return Optional.of(new Step.Train(before, campaign.chain(before)));
  }
}
