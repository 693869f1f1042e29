package io.tombola.actors.publish.outbox;

import java.time.Instant;

/**
 * The version of a state: the newest event of one or several logs that changed it.
 *
 * @param sequence of that event; the sum over several logs
 * @param at when that event was persisted
 */
record LastChange(long sequence, Instant at) {

  /** Before the first event. */
  static final LastChange NONE = new LastChange(0, Instant.EPOCH);

  /** The version over both logs. */
  LastChange and(LastChange other) {
    return new LastChange(sequence + other.sequence, at.isAfter(other.at) ? at : other.at);
  }
}
