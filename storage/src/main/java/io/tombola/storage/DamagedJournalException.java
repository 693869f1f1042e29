package io.tombola.storage;

import io.tombola.protocol.text.ExceptionMessage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The event log is not what was written: reading stops there, and it is never repaired. */
public final class DamagedJournalException extends RuntimeException {

  private static final String RESTORE =
      "see 'tombola verify', and restore the store's directory from a backup";

  /** Reports {@code found} in one line. */
  public DamagedJournalException(String found) {
    this(found, RESTORE, null);
  }

  /** Reports {@code found} in one line. */
  public DamagedJournalException(String found, Throwable cause) {
    this(found, RESTORE, cause);
  }

  private DamagedJournalException(String found, String next, @Nullable Throwable cause) {
    super("damaged journal: " + found.lines().findFirst().orElse("") + "; " + next, cause);
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
    return new DamagedJournalException(place(id, sequence) + found);
  }

  /** Reports that the event {@code sequence} of {@code id} cannot be read, and why. */
  public static DamagedJournalException at(String id, long sequence, Throwable cause) {
    return new DamagedJournalException(place(id, sequence) + ExceptionMessage.of(cause), cause);
  }

  private static String place(String id, long sequence) {
    return "event " + sequence + " of " + id + ": ";
  }
}
