package io.tombola.deploy.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;

/**
 * The state of a store at one time.
 *
 * @param store its path or URL
 * @param campaigns newest last
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StoreSnapshot(String store, Instant at, List<CampaignSnapshot> campaigns) {}
