package io.tombola.storage;

import java.nio.file.Path;
import java.util.Locale;

/** The disk or the quota is full; no acknowledged event is lost. */
public final class NoSpaceException extends RuntimeException {

  /** Reports that {@code where} could not be written. */
  public NoSpaceException(Path where, Throwable cause) {
    this(where.toString(), cause);
  }

  /** Reports that {@code where} could not be written. */
  public NoSpaceException(String where, Throwable cause) {
    super(
        "expected free disk space for "
            + where
            + ", found none; free some space and run the same command again",
        cause);
  }

  /** Whether {@code text}, of an operating system or another program, says that a disk is full. */
  public static boolean isMeantBy(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("no space left")
        || lower.contains("quota exceeded")
        || lower.contains("not enough space");
  }
}
