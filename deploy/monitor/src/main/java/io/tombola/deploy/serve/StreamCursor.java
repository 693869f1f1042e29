package io.tombola.deploy.serve;

import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.Heartbeat;
import java.util.List;
import java.util.Optional;

/**
 * How far somebody has followed a campaign. Immutable.
 *
 * @param epoch of the log that the position is in; negative before it is known
 * @param status as last told
 * @param live as last told, which may be nothing
 */
record StreamCursor(
    VersionVector position,
    long epoch,
    Optional<CampaignStatus> status,
    Optional<Optional<Heartbeat>> live) {

  private static final long UNKNOWN = -1;

  /** Somebody who has all up to {@code position} and knows nothing else. */
  static StreamCursor at(VersionVector position) {
    return new StreamCursor(position, UNKNOWN, Optional.empty(), Optional.empty());
  }

  /** The next messages for a follower, and how far those bring it. */
  record Step(StreamCursor then, String messages) {}

  /** Whether the log is not the one that it followed. */
  boolean isLost(CampaignVersion campaign) {
    return (epoch != UNKNOWN && epoch != campaign.epoch()) || position.isBeyond(campaign.head());
  }

  /** Begins with a log that took the place of another. */
  Step reset(CampaignVersion campaign) {
    String beginning = VersionVector.BEGINNING.text(campaign.logs());
    return new Step(
        new StreamCursor(
            VersionVector.BEGINNING, campaign.epoch(), Optional.empty(), Optional.empty()),
        Sse.message("reset", beginning, "{\"position\":\"" + beginning + "\"}"));
  }

  /**
   * Tells {@code events}, and once there are no more also what else is new.
   *
   * @param events the next after its position
   */
  Step follow(CampaignVersion campaign, List<StreamEvent> events) {
    StringBuilder messages = new StringBuilder();
    VersionVector at = position;
    for (StreamEvent event : events) {
      at = at.with(event.log(), event.sequence());
      messages.append(Sse.message("event", at.text(campaign.logs()), event.json().get()));
    }
    if (!at.equals(campaign.head())) {
      return new Step(new StreamCursor(at, campaign.epoch(), status, live), messages.toString());
    }
    CampaignStatus statusNow = campaign.snapshot().status();
    if (!status.equals(Optional.of(statusNow))) {
      messages.append(Sse.message("status", JsonText.of(statusNow)));
    }
    if (!live.equals(Optional.of(campaign.live()))) {
      messages.append(Sse.message("live", JsonText.of(campaign.live())));
    }
    return new Step(
        new StreamCursor(
            at, campaign.epoch(), Optional.of(statusNow), Optional.of(campaign.live())),
        messages.toString());
  }
}
