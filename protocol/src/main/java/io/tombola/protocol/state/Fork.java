package io.tombola.protocol.state;

import io.tombola.protocol.Arm;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.RewindPointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a replicate of a new campaign from the events of another campaign up to a round, for the
 * arms that the new campaign has as well. Nothing is trained again, and no artifact is copied.
 *
 * @param campaign the new campaign
 * @param round the last round that is reused
 */
public record Fork(CampaignSpec campaign, int round) {

  /** The first events of the new campaign's replicate, derived from those of the other one. */
  public List<ReplicateEvent> events(List<ReplicateEvent> origin) {
    ReplicateState ended =
        origin.stream()
            .reduce(ReplicateState.EMPTY, ReplicateState::apply, (first, second) -> second);
    List<ReplicateEvent> kept = new ArrayList<>();
    for (ReplicateEvent event : origin) {
      if (event instanceof ReplicateStarted started) {
        kept.add(new ReplicateStarted(campaign, started.replicate(), started.at()));
      } else if (keeps(event, ended)) {
        kept.add(withoutTime(event));
      }
    }
    return List.copyOf(kept);
  }

  /** The device usage belongs to the other campaign. */
  private static ReplicateEvent withoutTime(ReplicateEvent event) {
    return event instanceof TrialTrained done
        ? new TrialTrained(done.round(), done.arm(), done.trained(), done.at())
        : event;
  }

  /** Whether the new campaign can continue from {@code state}, the result of its first events. */
  public boolean complete(ReplicateState state) {
    return state
        .trial(round, campaign.chain(round))
        .filter(trial -> trial.metrics().isPresent())
        .isPresent();
  }

  private boolean keeps(ReplicateEvent event, ReplicateState ended) {
    if (event instanceof MaskPruned pruned) {
      return pruned.round() <= round;
    }
    if (event instanceof TrialPrepared prepared) {
      return keeps(prepared.round(), prepared.arm(), ended);
    }
    if (event instanceof TrialTrained trained) {
      return keeps(trained.round(), trained.arm(), ended);
    }
    if (event instanceof TrialEvaluated evaluated) {
      return keeps(evaluated.round(), evaluated.arm(), ended);
    }
    return event instanceof WeightsInitialized || event instanceof RewindPointSaved;
  }

  private boolean keeps(int of, Arm arm, ReplicateState ended) {
    return of <= round
        && campaign.arms(of).contains(arm)
        && ended.trial(of, arm).filter(trial -> trial.metrics().isPresent()).isPresent();
  }
}
