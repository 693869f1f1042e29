package io.tombola.actors.replicate;

import io.tombola.actors.round.Step;
import io.tombola.protocol.Arm;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Since when each trial could have been trained in this process: since the end of the training that
 * it needs, for its mask or to be compared with. Belongs to one supervisor; times are on the clock
 * of {@link System#nanoTime}.
 */
final class TrialReadiness {

  private final CampaignSpec campaign;
  private final long startedNanos = System.nanoTime();
  private final Map<Step.Train, Long> trainedNanos = new HashMap<>();
  private final Set<Step.Train> requested = new HashSet<>();

  TrialReadiness(CampaignSpec campaign) {
    this.campaign = campaign;
  }

  /** A training has ended at {@code nanos}. */
  void trained(Step.Train step, long nanos) {
    trainedNanos.put(step, nanos);
  }

  /** Since when a step could have run: a repeated request (a retry) since now. */
  long sinceNanos(Step.Train step) {
    return requested.add(step)
        ? prerequisite(step).map(trainedNanos::get).orElse(startedNanos)
        : System.nanoTime();
  }

  private Optional<Step.Train> prerequisite(Step.Train step) {
    return step.arm().kind() == Arm.Kind.ORDER
        ? Optional.of(new Step.Train(step.round(), Arm.TICKET))
        : campaign
            .maskSource(step.round())
            .map(source -> new Step.Train(source.round(), source.arm()));
  }
}
