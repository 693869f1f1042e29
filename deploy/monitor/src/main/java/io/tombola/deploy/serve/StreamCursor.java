package io.tombola.deploy.serve;

import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.Heartbeat;
import io.tombola.protocol.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * How far a stream client has followed a campaign. Immutable.
 *
 * @param position the events that it has received
 * @param epoch the epoch of the log that the position refers to; {@value #UNKNOWN} before the first
 *     step
 * @param sent the status and heartbeat that it received last; empty before the first ones
 */
record StreamCursor(VersionVector position, long epoch, Optional<Sent> sent) {

  private static final long UNKNOWN = -1;

  /**
   * What a client knows besides the events.
   *
   * @param heartbeat empty: no process runs the campaign
   */
  record Sent(CampaignStatus status, Optional<Heartbeat> heartbeat) {}

  /** The next messages for a client, and its cursor after them. */
  record Step(StreamCursor next, String messages) {}

  /** A client that has received all events up to {@code position} and nothing else. */
  static StreamCursor at(VersionVector position) {
    return new StreamCursor(position, UNKNOWN, Optional.empty());
  }

  /** Whether the log was replaced, so that the position means nothing in it. */
  boolean isInvalidFor(CampaignVersion campaign) {
    return (epoch != UNKNOWN && epoch != campaign.epoch()) || position.isBeyond(campaign.head());
  }

  /** Restarts from the beginning of a log that replaced the previous one. */
  Step reset(CampaignVersion campaign) {
    String beginning = VersionVector.BEGINNING.text(campaign.logs());
    return new Step(
        new StreamCursor(VersionVector.BEGINNING, campaign.epoch(), Optional.empty()),
        Sse.message("reset", beginning, "{\"position\":\"" + beginning + "\"}"));
  }

  /**
   * Sends {@code events} and, at the end of the log, the status and heartbeat if they changed.
   *
   * @param events the next events after the position
   */
  Step advance(CampaignVersion campaign, List<StreamEvent> events) {
    StringBuilder messages = new StringBuilder();
    VersionVector at = position;
    for (StreamEvent event : events) {
      at = at.with(event.log(), event.sequence());
      messages.append(Sse.message("event", at.text(campaign.logs()), event.json().get()));
    }
    if (!at.equals(campaign.head())) {
      return new Step(new StreamCursor(at, campaign.epoch(), sent), messages.toString());
    }
    Sent now = new Sent(campaign.snapshot().status(), campaign.live());
    if (!sent.map(Sent::status).equals(Optional.of(now.status()))) {
      messages.append(Sse.message("status", Json.text(now.status())));
    }
    if (sent.isEmpty() || !sent.get().heartbeat().equals(now.heartbeat())) {
      messages.append(Sse.message("live", Json.text(now.heartbeat())));
    }
    return new Step(new StreamCursor(at, campaign.epoch(), Optional.of(now)), messages.toString());
  }
}
