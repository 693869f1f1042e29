package io.tombola.deploy.torture;

/**
 * A violation of a promise.
 *
 * @param what one line
 */
public record Violation(Kind kind, String what) {

  /** Which promise. */
  public enum Kind {
    /** An acknowledged result is missing. */
    LOST,
    /** A stored step was done again. */
    REPEATED,
    /** A reader at {@code read_committed} gets a record twice. */
    DUPLICATED,
    /** Bytes differ from those of the uninterrupted run. */
    DIFFERENT,
    /** A process did not shut down in order after SIGTERM. */
    BAD_SHUTDOWN
  }
}
