package io.tombola.deploy.torture;

/**
 * A promise that did not hold.
 *
 * @param what one line
 */
public record Violation(Kind kind, String what) {

  /** Which promise. */
  public enum Kind {
    /** Something that was acknowledged is gone. */
    LOST,
    /** Something that was stored was done again. */
    REPEATED,
    /** Readers at {@code read_committed} see something twice. */
    DUPLICATED,
    /** Bytes differ from those of the uninterrupted run. */
    DIFFERENT,
    /** A process did not end as it should. */
    UNRULY
  }
}
