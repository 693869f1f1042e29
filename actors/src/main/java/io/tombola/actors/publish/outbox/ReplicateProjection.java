package io.tombola.actors.publish.outbox;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.CheckpointDropped;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.RewindPointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.storage.journal.EventSource;
import io.tombola.storage.journal.JournalCursor;
import io.tombola.storage.journal.StoredEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A projection of one replicate's events that buffers the results that are not published. Not
 * thread-safe.
 *
 * <p>A log that lost its end, or was restored from a backup, is not the one that results were
 * published from: the same trials end again, maybe in another order. Then the ids on the topic, not
 * the published offset, decide what to skip, until the log has reached the last of them.
 */
final class ReplicateProjection {

  // A trial changes the published state of its replicate when it ends.
  private static final Set<Class<? extends ReplicateEvent>> INVISIBLE =
      Set.of(
          TrialPrepared.class,
          RewindPointSaved.class,
          CheckpointSaved.class,
          CheckpointDropped.class,
          TrialTrained.class);

  private final ReplicateId id;
  private final String log;
  private final EventSource journal;
  private final JournalCursor cursor;
  private final Deque<RoundMessage> pending = new ArrayDeque<>();
  private ReplicateState state = ReplicateState.EMPTY;
  private Optional<Instant> startedAt = Optional.empty();
  private LastChange change = LastChange.NONE;
  private long published;
  private Set<String> onTopic = Set.of();
  private final Set<String> awaited = new HashSet<>();
  private long settledAfter;

  ReplicateProjection(ReplicateId id, EventSource journal) {
    this.id = id;
    this.journal = journal;
    log = JournalId.replicate(id);
    cursor = new JournalCursor(journal);
  }

  ReplicateId id() {
    return id;
  }

  int pending() {
    return pending.size();
  }

  /** The state after the events so far. */
  ReplicateState state() {
    return state;
  }

  /** When the first event was persisted, if there is one. */
  Optional<Instant> startedAt() {
    return startedAt;
  }

  /** The newest event that changes what is published of {@link #state}. */
  LastChange change() {
    return change;
  }

  /**
   * Reads the new events of the journal.
   *
   * @throws io.tombola.storage.DamagedJournalException if one is missing; those before it are kept
   */
  void follow() {
    cursor.forEachRemaining(log, this::take);
  }

  private void take(StoredEvent stored) {
    ReplicateEvent event = (ReplicateEvent) stored.event();
    state = state.apply(event);
    startedAt = startedAt.or(() -> Optional.of(event.at()));
    if (!INVISIBLE.contains(event.getClass())) {
      change = new LastChange(stored.sequence(), event.at());
    }
    if (event instanceof TrialEvaluated evaluated) {
      ended(evaluated.round(), evaluated.arm(), stored);
    } else if (event instanceof TrialFailed failed) {
      ended(failed.round(), failed.arm(), stored);
    }
  }

  // A trial that failed before it was prepared has no row among the results, so none here either.
  private void ended(int round, Arm arm, StoredEvent stored) {
    if (stored.sequence() > published) {
      state
          .trial(round, arm)
          .map(state::recordOf)
          .map(result -> new RoundMessage(result, stored.event().at(), stored.sequence()))
          .ifPresent(this::keep);
    }
  }

  private void keep(RoundMessage result) {
    if (!onTopic.contains(result.id())) {
      pending.add(result);
    } else if (awaited.remove(result.id())) {
      settledAfter = result.sequence();
    }
  }

  /** Whether {@code position} is one in this log; call after {@link #follow}. */
  boolean isFromThisLog(PublishedOffset position) {
    return position.lineage().isPresent()
        ? position.lineage().equals(journal.checksum(log, position.sequence()))
        : position.sequence() <= cursor.position(log);
  }

  /** Resumes after {@code position}, the offset of the last published result in the cluster. */
  void resumeAfter(long position) {
    onTopic = Set.of();
    awaited.clear();
    if (position < published) {
      rewind(position);
    }
    published(position);
  }

  /** Starts over, and skips the results whose {@code ids} are on the topic. */
  void skipPublished(Set<String> ids) {
    onTopic = Set.copyOf(ids);
    awaited.clear();
    awaited.addAll(ids);
    settledAfter = 0;
    rewind(0);
  }

  private void rewind(long position) {
    state = ReplicateState.EMPTY;
    startedAt = Optional.empty();
    change = LastChange.NONE;
    cursor.seek(log, 0);
    published = position;
    pending.clear();
    follow();
  }

  /** The first {@code max} pending results. */
  List<RoundMessage> next(int max) {
    return pending.stream().limit(max).toList();
  }

  /** The offset to commit with the results up to {@code sequence}. */
  PublishedOffset positionAt(long sequence) {
    boolean settled = awaited.isEmpty() && sequence >= settledAfter;
    return new PublishedOffset(
        sequence,
        settled ? journal.checksum(log, sequence) : Optional.of(PublishedOffset.UNSETTLED));
  }

  /** Drops the results up to {@code sequence}, which are published. */
  void published(long sequence) {
    published = sequence;
    pending.removeIf(message -> message.sequence() <= sequence);
  }
}
