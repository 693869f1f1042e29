package io.tombola.actors.publish;

import io.tombola.actors.publish.ReplicateLog.Entry;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.state.ReplicateState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Follows one replicate's events and keeps the results that are not known to be published. Not
 * thread-safe.
 */
final class ReplicateTail {

  private static final int PAGE = 500;

  private final ReplicateId id;
  private final Deque<RoundMessage> pending = new ArrayDeque<>();
  private ReplicateState state = ReplicateState.EMPTY;
  private long read;
  private long published;

  ReplicateTail(ReplicateId id) {
    this.id = id;
  }

  ReplicateId id() {
    return id;
  }

  int pending() {
    return pending.size();
  }

  /**
   * Reads what the journal got since.
   *
   * @throws JournalGapException if events are missing; those before the gap are kept
   */
  void follow(ReplicateLog log) {
    List<Entry> page;
    do {
      page = log.read(id, read + 1, PAGE);
      page.forEach(this::take);
    } while (page.size() == PAGE);
  }

  private void take(Entry entry) {
    if (entry.sequence() != read + 1) {
      throw JournalGapException.found(id, read + 1, entry.sequence());
    }
    state = state.apply(entry.event());
    read = entry.sequence();
    if (entry.event() instanceof TrialEvaluated evaluated) {
      ended(evaluated.round(), evaluated.arm(), entry);
    } else if (entry.event() instanceof TrialFailed failed) {
      ended(failed.round(), failed.arm(), entry);
    }
  }

  // A trial that failed before it was prepared has no row among the results, so none here either.
  private void ended(int round, Arm arm, Entry entry) {
    if (entry.sequence() > published) {
      state
          .trial(round, arm)
          .map(state::recordOf)
          .map(result -> new RoundMessage(result, entry.event().at(), entry.sequence()))
          .ifPresent(pending::add);
    }
  }

  /**
   * Goes on after {@code position}, which the cluster says was the last one published.
   *
   * @throws JournalGapException if the journal ends before it
   */
  void resumeAfter(long position, ReplicateLog log) {
    boolean clusterForgot = position < published;
    published = position;
    if (clusterForgot) {
      state = ReplicateState.EMPTY;
      read = 0;
      pending.clear();
      follow(log);
    }
    if (position > read) {
      throw JournalGapException.shorter(id, position, read);
    }
    published(position);
  }

  /** The first {@code max} results that are to be published. */
  List<RoundMessage> next(int max) {
    return pending.stream().limit(max).toList();
  }

  /** Drops what is published: everything up to {@code position}. */
  void published(long position) {
    published = position;
    pending.removeIf(message -> message.sequence() <= position);
  }
}
