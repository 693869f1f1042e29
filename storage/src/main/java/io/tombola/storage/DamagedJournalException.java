package io.tombola.storage;

import java.nio.file.Path;

/** The event log is not what was written: reading stops there, and it is never repaired. */
public final class DamagedJournalException extends RuntimeException {

  /** Reports {@code found} in one line. */
  public DamagedJournalException(String found) {
    this(found, null);
  }

  /** Reports {@code found} in one line. */
  public DamagedJournalException(String found, Throwable cause) {
    this(found, "see 'tombola verify', and restore the store's directory from a backup", cause);
  }

  private DamagedJournalException(String found, String next, Throwable cause) {
    super(
        "damaged journal: " + String.valueOf(found).lines().findFirst().orElse("") + "; " + next,
        cause);
  }

  /** Reports that a journal has no events although the file {@code watermark} counts some. */
  public static DamagedJournalException gone(long acknowledged, Path watermark) {
    return new DamagedJournalException(
        "expected " + acknowledged + " events, found none: the database is missing or empty",
        "restore the store's journal directory from a backup, or delete "
            + watermark
            + " to start over, which trains everything again",
        null);
  }

  /** Reports what was found where the event {@code sequence} of {@code id} should be. */
  public static DamagedJournalException at(String id, long sequence, String found) {
    return at(id, sequence, found, null);
  }

  /** Reports what was found where the event {@code sequence} of {@code id} should be. */
  public static DamagedJournalException at(
      String id, long sequence, String found, Throwable cause) {
    return new DamagedJournalException("event " + sequence + " of " + id + ": " + found, cause);
  }
}
