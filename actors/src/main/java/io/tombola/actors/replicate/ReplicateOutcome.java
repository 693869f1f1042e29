package io.tombola.actors.replicate;

import io.tombola.protocol.trial.TrialFailure;

/** How a supervisor's work on its replicate ended in this process. */
public sealed interface ReplicateOutcome {

  /** Every trial has ended. */
  record Completed() implements ReplicateOutcome {}

  /** The replicate cannot continue in this run; the others can. */
  record Abandoned(TrialFailure failure) implements ReplicateOutcome {}

  /** Stopped on request; can be resumed. */
  record Stopped() implements ReplicateOutcome {}

  /** A failure that concerns every replicate, such as a full disk; can be resumed. */
  record StoppedByFailure(TrialFailure failure) implements ReplicateOutcome {}

  /** The outcome of a replicate whose supervisor itself failed. */
  static ReplicateOutcome ofCrash(TrialFailure failure) {
    return failure.kind() == TrialFailure.Kind.NO_SPACE
        ? new StoppedByFailure(failure)
        : new Abandoned(failure);
  }
}
