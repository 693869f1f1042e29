package io.tombola.actors.publish;

import io.tombola.protocol.ReplicateId;

/** The journal is not what was published from it: events are missing. */
public final class JournalGapException extends RuntimeException {

  private JournalGapException(String message) {
    super(message);
  }

  static JournalGapException found(ReplicateId replicate, long expected, long found) {
    return new JournalGapException(
        "the journal of %s has a gap: expected event %d, found %d; run 'tombola verify'"
            .formatted(replicate, expected, found));
  }
}
