package io.tombola.protocol.state;

import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignResumed;
import io.tombola.protocol.state.CampaignState.ControlState;
import java.time.Instant;
import java.util.Optional;

/** Whether a campaign can follow what its user orders, by what its events add up to. */
public sealed interface ControlDecision {

  /** It can, and does once {@code event} is persisted. */
  record Accepted(CampaignEvent event) implements ControlDecision {}

  /** It is so already. */
  record NoChange() implements ControlDecision {}

  /**
   * It cannot.
   *
   * @param why goes on a sentence that begins with the campaign: what it is, and what to type
   */
  record Rejected(String why) implements ControlDecision {}

  /** On an order to wait. */
  static ControlDecision onPause(CampaignState campaign, Instant at) {
    return refusal(campaign)
        .or(
            () ->
                is(campaign, ControlState.CANCELLED)
                    ? Optional.of(new Rejected("is cancelled; 'tombola resume' takes that back"))
                    : Optional.empty())
        .orElseGet(
            () ->
                is(campaign, ControlState.PAUSED)
                    ? new NoChange()
                    : new Accepted(new CampaignPaused(at)));
  }

  /** On an order to go on. */
  static ControlDecision onResume(CampaignState campaign, Instant at) {
    return refusal(campaign)
        .orElseGet(
            () ->
                campaign.hold().isEmpty() ? new NoChange() : new Accepted(new CampaignResumed(at)));
  }

  /** On an order to end before its time. */
  static ControlDecision onCancel(CampaignState campaign, Instant at) {
    return refusal(campaign)
        .orElseGet(
            () ->
                is(campaign, ControlState.CANCELLED)
                    ? new NoChange()
                    : new Accepted(new CampaignCancelled(at)));
  }

  private static Optional<ControlDecision> refusal(CampaignState campaign) {
    if (campaign.spec().isEmpty()) {
      return Optional.of(new Rejected("has not started; 'tombola run' starts it"));
    }
    if (campaign.finishedAt().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rejected(
            campaign.abandoned().isEmpty()
                ? "is finished; 'tombola results' has its results"
                : "has failed; 'tombola run' tries again what was given up"));
  }

  private static boolean is(CampaignState campaign, ControlState hold) {
    return campaign.hold().equals(Optional.of(hold));
  }
}
