package io.tombola.actors.publish.outbox;

import java.time.Instant;

/**
 * How far a journal, or some together, had come at the newest event that shows in a state.
 *
 * @param sequence of that event; their sum for some journals
 * @param at when that event was persisted
 */
record StateVersion(long sequence, Instant at) {

  /** Before the first event. */
  static final StateVersion NONE = new StateVersion(0, Instant.EPOCH);

  /** Of both journals together. */
  StateVersion and(StateVersion other) {
    return new StateVersion(sequence + other.sequence, at.isAfter(other.at) ? at : other.at);
  }
}
