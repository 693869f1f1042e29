package io.tombola.deploy.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;

/**
 * A store at one moment.
 *
 * @param store where it is
 * @param campaigns the newest last
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StoreSnapshot(String store, Instant at, List<CampaignSnapshot> campaigns) {}
