package io.tombola.protocol.state;

import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.spec.CampaignSpec;
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
    ForkEventFilter filter = new ForkEventFilter(campaign, round, ReplicateState.of(origin));
    return origin.stream().flatMap(event -> event.accept(filter).stream()).toList();
  }

  /** Whether the new campaign can continue from {@code state}, the result of its first events. */
  public boolean complete(ReplicateState state) {
    return state
        .trial(round, campaign.chain(round))
        .filter(trial -> trial.metrics().isPresent())
        .isPresent();
  }
}
