package io.tombola.protocol.state;

import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignUnpaused;
import io.tombola.protocol.state.CampaignState.Hold;
import java.time.Instant;
import java.util.Optional;

/** Whether a campaign can follow what its user orders, by what its events add up to. */
public sealed interface Ruling {

  /** It can, and does once {@code event} is persisted. */
  record Granted(CampaignEvent event) implements Ruling {}

  /** It is so already. */
  record AlreadySo() implements Ruling {}

  /**
   * It cannot.
   *
   * @param why goes on a sentence that begins with the campaign: what it is, and what to type
   */
  record Refused(String why) implements Ruling {}

  /** On an order to wait. */
  static Ruling onPause(CampaignState campaign, Instant at) {
    return refusal(campaign)
        .or(
            () ->
                is(campaign, Hold.CANCELLED)
                    ? Optional.of(new Refused("is cancelled; 'tombola resume' takes that back"))
                    : Optional.empty())
        .orElseGet(
            () ->
                is(campaign, Hold.PAUSED) ? new AlreadySo() : new Granted(new CampaignPaused(at)));
  }

  /** On an order to go on. */
  static Ruling onResume(CampaignState campaign, Instant at) {
    return refusal(campaign)
        .orElseGet(
            () ->
                campaign.hold().isEmpty()
                    ? new AlreadySo()
                    : new Granted(new CampaignUnpaused(at)));
  }

  /** On an order to end before its time. */
  static Ruling onCancel(CampaignState campaign, Instant at) {
    return refusal(campaign)
        .orElseGet(
            () ->
                is(campaign, Hold.CANCELLED)
                    ? new AlreadySo()
                    : new Granted(new CampaignCancelled(at)));
  }

  private static Optional<Ruling> refusal(CampaignState campaign) {
    if (campaign.spec().isEmpty()) {
      return Optional.of(new Refused("has not started; 'tombola run' starts it"));
    }
    if (campaign.finishedAt().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refused(
            campaign.abandoned().isEmpty()
                ? "is finished; 'tombola results' has its results"
                : "has failed; 'tombola run' tries again what was given up"));
  }

  private static boolean is(CampaignState campaign, Hold hold) {
    return campaign.hold().equals(Optional.of(hold));
  }
}
