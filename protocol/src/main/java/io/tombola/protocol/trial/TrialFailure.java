package io.tombola.protocol.trial;

import java.util.Optional;

/**
 * Why a step failed.
 *
 * @param kind decides what is done about it
 * @param message one line for the user
 * @param iteration optimizer steps done when it failed, where that is known
 * @param layer the layer in which it failed, by its name in the network, where that is known
 */
public record TrialFailure(
    Kind kind, String message, Optional<Integer> iteration, Optional<String> layer) {

  /** A failure that has no place in a training. */
  public TrialFailure(Kind kind, String message) {
    this(kind, message, Optional.empty(), Optional.empty());
  }

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
