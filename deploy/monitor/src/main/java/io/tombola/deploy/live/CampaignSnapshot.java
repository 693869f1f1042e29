package io.tombola.deploy.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.List;
import java.util.Optional;

/**
 * A campaign at one moment.
 *
 * @param live what the process that works on it does, if there is one and it says so
 * @param results of the trials that have ended, by replicate, round and arm
 * @param events the newest last, at most {@value StoreMonitor#EVENTS}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CampaignSnapshot(
    CampaignSpec spec,
    CampaignStatus status,
    Optional<Heartbeat> live,
    List<RoundRecord> results,
    List<EventLine> events) {}
