package io.tombola.protocol.state;

import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignResumed;
import io.tombola.protocol.state.CampaignState.ControlState;
import java.time.Instant;
import java.util.Optional;

/** Whether the state of a campaign allows a control command. */
public sealed interface ControlDecision {

  /** Allowed: takes effect once {@code event} is persisted. */
  record Accepted(CampaignEvent event) implements ControlDecision {}

  /** The campaign is already in the requested state. */
  record NoChange() implements ControlDecision {}

  /**
   * Not allowed.
   *
   * @param why continues a sentence that starts with the campaign's name: its state, and what to
   *     type
   */
  record Rejected(String why) implements ControlDecision {}

  /** Decides about a pause. */
  static ControlDecision onPause(CampaignState campaign, Instant at) {
    return rejection(campaign)
        .or(
            () ->
                is(campaign, ControlState.CANCELLED)
                    ? Optional.of(new Rejected("is cancelled; 'tombola resume' revokes that"))
                    : Optional.empty())
        .orElseGet(
            () ->
                is(campaign, ControlState.PAUSED)
                    ? new NoChange()
                    : new Accepted(new CampaignPaused(at)));
  }

  /** Decides about a resume. */
  static ControlDecision onResume(CampaignState campaign, Instant at) {
    return rejection(campaign)
        .orElseGet(
            () ->
                campaign.hold().isEmpty() ? new NoChange() : new Accepted(new CampaignResumed(at)));
  }

  /** Decides about a cancellation. */
  static ControlDecision onCancel(CampaignState campaign, Instant at) {
    return rejection(campaign)
        .orElseGet(
            () ->
                is(campaign, ControlState.CANCELLED)
                    ? new NoChange()
                    : new Accepted(new CampaignCancelled(at)));
  }

  private static Optional<ControlDecision> rejection(CampaignState campaign) {
    if (campaign.spec().isEmpty()) {
      return Optional.of(new Rejected("has not started; 'tombola run' starts it"));
    }
    if (campaign.finishedAt().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rejected(
            campaign.abandoned().isEmpty()
                ? "is finished; 'tombola results' shows its results"
                : "has failed; 'tombola run' retries the failed replicates"));
  }

  private static boolean is(CampaignState campaign, ControlState hold) {
    return campaign.hold().equals(Optional.of(hold));
  }
}
