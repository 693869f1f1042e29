package io.tombola.actors.publish;

import io.tombola.actors.publish.EventLog.Entry;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.CheckpointDropped;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.RewindPointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.state.ReplicateState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows one replicate's events and keeps the results that are not known to be published. Not
 * thread-safe.
 *
 * <p>A log that lost its end, or was put back from a copy, is not the one that results were
 * published from: the same trials end again, maybe in another order. Then what is on the topic is
 * told by its ids instead of a position, until the log has come to the last of them.
 */
final class ReplicateProjection {

  private static final int PAGE = 500;
  // A trial shows in the state of its replicate when it ends.
  private static final Set<Class<? extends ReplicateEvent>> UNSEEN =
      Set.of(
          TrialPrepared.class,
          RewindPointSaved.class,
          CheckpointSaved.class,
          CheckpointDropped.class,
          TrialTrained.class);

  private final ReplicateId id;
  private final Deque<RoundMessage> pending = new ArrayDeque<>();
  private ReplicateState state = ReplicateState.EMPTY;
  private Optional<Instant> startedAt = Optional.empty();
  private StateVersion change = StateVersion.NONE;
  private long read;
  private long published;
  private Set<String> onTopic = Set.of();
  private final Set<String> awaited = new HashSet<>();
  private long settledAfter;

  ReplicateProjection(ReplicateId id) {
    this.id = id;
  }

  ReplicateId id() {
    return id;
  }

  int pending() {
    return pending.size();
  }

  /** What the events so far add up to. */
  ReplicateState state() {
    return state;
  }

  /** When the first event was persisted, if there is one. */
  Optional<Instant> startedAt() {
    return startedAt;
  }

  /** The newest event that shows in what is published of {@link #state}. */
  StateVersion change() {
    return change;
  }

  /**
   * Reads what the journal got since.
   *
   * @throws JournalGapException if events are missing; those before the gap are kept
   */
  void follow(EventLog log) {
    List<Entry<ReplicateEvent>> page;
    do {
      page = log.read(id, read + 1, PAGE);
      page.forEach(this::take);
    } while (page.size() == PAGE);
  }

  private void take(Entry<ReplicateEvent> entry) {
    if (entry.sequence() != read + 1) {
      throw JournalGapException.found(id, read + 1, entry.sequence());
    }
    state = state.apply(entry.event());
    read = entry.sequence();
    startedAt = startedAt.or(() -> Optional.of(entry.event().at()));
    if (!UNSEEN.contains(entry.event().getClass())) {
      change = new StateVersion(read, entry.event().at());
    }
    if (entry.event() instanceof TrialEvaluated evaluated) {
      ended(evaluated.round(), evaluated.arm(), entry);
    } else if (entry.event() instanceof TrialFailed failed) {
      ended(failed.round(), failed.arm(), entry);
    }
  }

  // A trial that failed before it was prepared has no row among the results, so none here either.
  private void ended(int round, Arm arm, Entry<ReplicateEvent> entry) {
    if (entry.sequence() > published) {
      state
          .trial(round, arm)
          .map(state::recordOf)
          .map(result -> new RoundMessage(result, entry.event().at(), entry.sequence()))
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

  /** Whether {@code position} is one in this log; asked after {@link #follow}. */
  boolean goesOnFrom(PublishedOffset position, EventLog log) {
    return position.lineage().isPresent()
        ? position.lineage().equals(log.lineage(id, position.sequence()))
        : position.sequence() <= read;
  }

  /** Goes on after {@code position}, which the cluster says was the last one published. */
  void resumeAfter(long position, EventLog log) {
    onTopic = Set.of();
    awaited.clear();
    if (position < published) {
      rewind(position, log);
    }
    published(position);
  }

  /** Goes on with all results but those whose {@code ids} are on the topic. */
  void leaveOut(Set<String> ids, EventLog log) {
    onTopic = Set.copyOf(ids);
    awaited.clear();
    awaited.addAll(ids);
    settledAfter = 0;
    rewind(0, log);
  }

  private void rewind(long position, EventLog log) {
    state = ReplicateState.EMPTY;
    startedAt = Optional.empty();
    change = StateVersion.NONE;
    read = 0;
    published = position;
    pending.clear();
    follow(log);
  }

  /** The first {@code max} results that are to be published. */
  List<RoundMessage> next(int max) {
    return pending.stream().limit(max).toList();
  }

  /** What a later connection has to know once everything up to {@code sequence} is published. */
  PublishedOffset positionAt(long sequence, EventLog log) {
    boolean settled = awaited.isEmpty() && sequence >= settledAfter;
    return new PublishedOffset(
        sequence, settled ? log.lineage(id, sequence) : Optional.of(PublishedOffset.UNSETTLED));
  }

  /** Drops what is published: everything up to {@code sequence}. */
  void published(long sequence) {
    published = sequence;
    pending.removeIf(message -> message.sequence() <= sequence);
  }
}
