package io.tombola.deploy.serve;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.live.CampaignSnapshot;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.EventLine;
import io.tombola.deploy.live.Heartbeat;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.view.CampaignView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A campaign at one moment, for all who ask. Immutable.
 *
 * @param view what the report is made of
 * @param live what those who follow are told of the devices
 * @param head the position of its newest event
 * @param epoch grows when the campaign's log was replaced
 * @param json the whole of it
 */
record CampaignVersion(
    CampaignSnapshot snapshot,
    CampaignView view,
    Optional<Heartbeat> live,
    VersionVector head,
    long epoch,
    RecentEvents tail,
    Lazy<String> json) {

  /** As it is served. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  private record Body(
      CampaignSpec spec,
      CampaignStatus status,
      Optional<Heartbeat> live,
      List<RoundRecord> results,
      List<EventLine> events,
      String position) {}

  static CampaignVersion of(
      CampaignSnapshot seen, CampaignView view, Optional<Heartbeat> live, CampaignEventLog log) {
    String head = log.head().text(logs(seen));
    return new CampaignVersion(
        seen,
        view,
        live,
        log.head(),
        log.epoch(),
        log.tail(),
        new Lazy<>(
            () ->
                JsonText.of(
                    new Body(
                        seen.spec(),
                        seen.status(),
                        seen.live(),
                        seen.results(),
                        seen.events(),
                        head))));
  }

  String name() {
    return snapshot.status().campaign();
  }

  /** How many logs it has when all replicates have begun: its own, and one for each. */
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

  /** Whether somebody who saw {@code other} would see anything new. */
  boolean differsFrom(CampaignVersion other) {
    return epoch != other.epoch
        || !head.equals(other.head)
        || !live.equals(other.live)
        || !snapshot.equals(other.snapshot);
  }
}
