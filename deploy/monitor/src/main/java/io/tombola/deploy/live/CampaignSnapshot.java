package io.tombola.deploy.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.List;
import java.util.Optional;

/**
 * The state of a campaign at one time.
 *
 * @param live the latest heartbeat of the process that runs it; empty if there is none
 * @param results of the ended trials, ordered by replicate, round and arm
 * @param events oldest first, at most {@value StoreMonitor#EVENTS}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CampaignSnapshot(
    CampaignSpec spec,
    CampaignStatus status,
    Optional<Heartbeat> live,
    List<RoundRecord> results,
    List<EventLine> events) {}
