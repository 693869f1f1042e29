package io.tombola.storage.journal;

/** The event log is not what was written: it is read no further and never repaired. */
public final class DamagedJournalException extends RuntimeException {

  /** Reports {@code found} in one line. */
  public DamagedJournalException(String found) {
    this(found, null);
  }

  /** Reports {@code found} in one line. */
  public DamagedJournalException(String found, Throwable cause) {
    super(
        "damaged journal: "
            + found
            + "; see 'tombola verify', and restore the store's directory from a backup",
        cause);
  }

  /** Reports what was found where the event {@code sequence} of {@code id} should be. */
  public static DamagedJournalException at(String id, long sequence, String found) {
    return at(id, sequence, found, null);
  }

  static DamagedJournalException at(String id, long sequence, String found, Throwable cause) {
    return new DamagedJournalException("event " + sequence + " of " + id + ": " + found, cause);
  }
}
