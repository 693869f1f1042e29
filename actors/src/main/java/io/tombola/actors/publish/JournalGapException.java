package io.tombola.actors.publish;

/** The journal is not what was published from it: events are missing. */
public final class JournalGapException extends RuntimeException {

  private JournalGapException(String message) {
    super(message);
  }

  static JournalGapException found(Object owner, long expected, long found) {
    return new JournalGapException(
        "the journal of %s has a gap: expected event %d, found %d; run 'tombola verify'"
            .formatted(owner, expected, found));
  }
}
