package io.tombola.deploy.serve;

import akka.http.javadsl.model.StatusCodes;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.deploy.live.StoreSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The store at one moment, as everybody is served it until the next. Immutable.
 *
 * @param version grows with each change
 * @param seen when the store was last looked at and was like this
 * @param campaigns by name
 * @param json the snapshot
 * @param trouble why the store could not be looked at since, in one line
 */
record StoreVersion(
    long version,
    Instant seen,
    StoreSnapshot store,
    SortedMap<String, CampaignVersion> campaigns,
    Lazy<String> json,
    Optional<String> trouble) {

  /** Unchanged at a later time. */
  StoreVersion seenAgain(Instant at) {
    return new StoreVersion(version, at, store, campaigns, json, Optional.empty());
  }

  /** As last seen, which is not how it is now. */
  StoreVersion troubledBy(String line) {
    return new StoreVersion(version, seen, store, campaigns, json, Optional.of(line));
  }

  Optional<CampaignVersion> campaign(String name) {
    return Optional.ofNullable(campaigns.get(name));
  }

  /**
   * The campaign of that name.
   *
   * @throws BadRequestException if there is none; it says which there are
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

  /** The campaigns, the newest last. */
  List<CampaignStatus> statuses() {
    return store.campaigns().stream().map(campaign -> campaign.status()).toList();
  }
}
