package io.tombola.deploy.serve;

import akka.http.javadsl.model.StatusCodes;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.StoreSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One version of the store, served to all requests until the next poll. Immutable.
 *
 * @param version increases with each change
 * @param polledAt time of the last successful poll
 * @param campaigns by name
 * @param json the response body of the snapshot
 * @param failure why later polls failed, in one line; empty if they did not
 */
record StoreVersion(
    long version,
    Instant polledAt,
    StoreSnapshot store,
    SortedMap<String, CampaignVersion> campaigns,
    MemoizedSupplier<String> json,
    Optional<String> failure) {

  /** The same version after a later poll. */
  StoreVersion polledAgain(Instant at) {
    return new StoreVersion(version, at, store, campaigns, json, Optional.empty());
  }

  /** The same version after a failed poll. */
  StoreVersion withFailure(String line) {
    return new StoreVersion(version, polledAt, store, campaigns, json, Optional.of(line));
  }

  Optional<CampaignVersion> campaign(String name) {
    return Optional.ofNullable(campaigns.get(name));
  }

  /**
   * The campaign of that name.
   *
   * @throws BadRequestException if there is none; the message lists the campaigns
   */
  CampaignVersion require(String name) {
    return campaign(name)
        .orElseThrow(
            () ->
                new BadRequestException(
                    StatusCodes.NOT_FOUND,
                    "expected a campaign in "
                        + store.store()
                        + ", found none named '"
                        + name
                        + "'; "
                        + (campaigns.isEmpty()
                            ? "there is none yet"
                            : "there are: " + String.join(", ", campaigns.keySet()))));
  }

  /** The status of all campaigns, newest last. */
  List<CampaignStatus> statuses() {
    return store.campaigns().stream().map(campaign -> campaign.status()).toList();
  }
}
