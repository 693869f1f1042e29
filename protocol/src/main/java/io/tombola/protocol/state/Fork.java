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
 * A replicate of one campaign taken up by another from a round on: what was trained up to that
 * round is kept, for the arms that the new campaign has, too. Nothing is trained again, no artifact
 * is copied.
 *
 * @param campaign the new one
 * @param round the last that is kept
 */
public record Fork(CampaignSpec campaign, int round) {

  /** The first events of the new campaign's replicate, from those of the old one's. */
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

  /** What devices did for the old campaign they did not do for the new one. */
  private static ReplicateEvent withoutTime(ReplicateEvent event) {
    return event instanceof TrialTrained done
        ? new TrialTrained(done.round(), done.arm(), done.trained(), done.at())
        : event;
  }

  /** Whether the new campaign can go on from {@code state}, which its first events lead to. */
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
