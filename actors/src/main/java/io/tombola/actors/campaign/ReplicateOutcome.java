package io.tombola.actors.campaign;

import io.tombola.protocol.trial.TrialFailure;

/** How a supervisor's work on its replicate ended in this process. */
public sealed interface ReplicateOutcome {

  /** Every trial has ended. */
  record Completed() implements ReplicateOutcome {}

  /** The replicate cannot go on; the others can. */
  record Abandoned(TrialFailure failure) implements ReplicateOutcome {}

  /** Stopped as told; can be resumed. */
  record Stopped() implements ReplicateOutcome {}

  /** No replicate can go on for now; can be resumed. */
  record Paused(TrialFailure failure) implements ReplicateOutcome {}

  /** The ending that a failure of the supervisor itself amounts to. */
  static ReplicateOutcome ofCrash(TrialFailure failure) {
    return failure.kind() == TrialFailure.Kind.NO_SPACE
        ? new Paused(failure)
        : new Abandoned(failure);
  }
}
