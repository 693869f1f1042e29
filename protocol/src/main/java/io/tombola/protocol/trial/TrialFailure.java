package io.tombola.protocol.trial;

/**
 * Why a step failed.
 *
 * @param kind decides what is done about it
 * @param message one line for the user
 */
public record TrialFailure(Kind kind, String message) {

  /** The kinds of failure, each with a policy of its own. */
  public enum Kind {
    /** The loss became infinite or undefined. */
    DIVERGED,
    /** The device had no memory left. */
    OUT_OF_MEMORY,
    /** The device or its trainer is gone. */
    DEVICE_LOST,
    /** An artifact's content is not what its name says, or it is missing. */
    CORRUPT_ARTIFACT,
    /** The disk is full. */
    NO_SPACE,
    /** The data set cannot be read. */
    BAD_DATA,
    /** A mistake in this program. */
    BUG
  }
}
