package io.tombola.deploy.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tombola.deploy.live.EventLine;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.storage.journal.StoredEvent;
import java.util.Map;
import java.util.Optional;

/**
 * An event for stream clients, serialised once for all of them.
 *
 * @param log 0 for the campaign's own log, n for that of replicate n
 * @param sequence its sequence number in that log
 */
record StreamEvent(int log, long sequence, MemoizedSupplier<String> json) {

  /** The event and, if it ended a trial, the trial's result. */
  private record Body(
      @JsonUnwrapped EventLine line,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<RoundRecord> record) {}

  /**
   * Prepares an event for stream clients.
   *
   * @param results the campaign's results, at least up to this event
   */
  static StreamEvent of(StoredEvent stored, Map<TrialId, RoundRecord> results) {
    Body body =
        new Body(
            EventLine.of(stored),
            trial(stored).flatMap(trial -> Optional.ofNullable(results.get(trial))));
    return new StreamEvent(
        logOf(stored), stored.sequence(), new MemoizedSupplier<>(() -> Json.text(body)));
  }

  /** The index of an event's log in a {@link VersionVector}. */
  static int logOf(StoredEvent stored) {
    return JournalId.replicateOf(stored.id()).map(ReplicateId::replicate).orElse(0);
  }

  private static Optional<TrialId> trial(StoredEvent stored) {
    return JournalId.replicateOf(stored.id())
        .flatMap(replicate -> trial(replicate, stored.event()));
  }

  private static Optional<TrialId> trial(ReplicateId replicate, TombolaEvent event) {
    if (event instanceof TrialEvaluated evaluated) {
      return Optional.of(replicate.trial(evaluated.round(), evaluated.arm()));
    }
    if (event instanceof TrialFailed failed) {
      return Optional.of(replicate.trial(failed.round(), failed.arm()));
    }
    return Optional.empty();
  }
}
