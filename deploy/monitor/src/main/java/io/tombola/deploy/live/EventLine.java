package io.tombola.deploy.live;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.EventCodec;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent.OfTrial;
import io.tombola.storage.journal.StoredEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * An event of the journal in readable form.
 *
 * @param replicate whose log it is in; empty for the campaign's own log
 * @param sequence its sequence number in that log, from 1
 * @param kind the event's stored name, such as {@code TrialEvaluated}
 * @param text a one-line description, without the replicate
 * @param round of the trial it belongs to; empty for other events
 * @param arm of that trial
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record EventLine(
    Optional<Integer> replicate,
    long sequence,
    Instant at,
    String kind,
    String text,
    Optional<Integer> round,
    Optional<Arm> arm) {

  /** Describes an event. */
  public static EventLine of(StoredEvent stored) {
    Optional<OfTrial> step =
        stored.event() instanceof OfTrial trial ? Optional.of(trial) : Optional.empty();
    return new EventLine(
        JournalId.replicateOf(stored.id()).map(ReplicateId::replicate),
        stored.sequence(),
        stored.event().at(),
        EventCodec.nameOf(stored.event()),
        EventText.of(stored.event()),
        step.map(OfTrial::round),
        step.map(OfTrial::arm));
  }
}
