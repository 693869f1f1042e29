package io.tombola.deploy.serve;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.live.CampaignSnapshot;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.EventLine;
import io.tombola.deploy.live.Heartbeat;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.view.CampaignView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One version of a campaign, shared by all requests. Immutable.
 *
 * @param view the input of figures and report
 * @param live the heartbeat for stream clients, throttled
 * @param head the position of its newest event
 * @param epoch increases when the campaign's log is replaced
 * @param recentEvents the newest events
 * @param json the response body
 */
record CampaignVersion(
    CampaignSnapshot snapshot,
    CampaignView view,
    Optional<Heartbeat> live,
    VersionVector head,
    long epoch,
    RecentEvents recentEvents,
    MemoizedSupplier<String> json) {

  /** The response body. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  private record Body(
      CampaignSpec spec,
      CampaignStatus status,
      Optional<Heartbeat> live,
      List<RoundRecord> results,
      List<EventLine> events,
      String position) {}

  static CampaignVersion of(
      CampaignSnapshot snapshot,
      CampaignView view,
      Optional<Heartbeat> live,
      CampaignEventLog log) {
    String head = log.head().text(logs(snapshot));
    return new CampaignVersion(
        snapshot,
        view,
        live,
        log.head(),
        log.epoch(),
        log.recentEvents(),
        new MemoizedSupplier<>(
            () ->
                Json.text(
                    new Body(
                        snapshot.spec(),
                        snapshot.status(),
                        snapshot.live(),
                        snapshot.results(),
                        snapshot.events(),
                        head))));
  }

  String name() {
    return snapshot.status().campaign();
  }

  /** The number of logs: its own, and one for each replicate. */
  int logs() {
    return logs(snapshot);
  }

  private static int logs(CampaignSnapshot campaign) {
    return campaign.spec().replicates() + 1;
  }

  /** The results by trial. */
  static Map<TrialId, RoundRecord> byTrial(List<RoundRecord> results) {
    return results.stream().collect(Collectors.toMap(RoundRecord::trial, Function.identity()));
  }

  /** Whether anything has changed since {@code other}. */
  boolean differsFrom(CampaignVersion other) {
    return epoch != other.epoch
        || !head.equals(other.head)
        || !live.equals(other.live)
        || !snapshot.equals(other.snapshot);
  }
}
