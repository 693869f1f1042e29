package io.tombola.actors.round;

import io.tombola.actors.failure.FailureClassifier;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.trial.TrialFailure;
import java.util.function.Supplier;

/** A worker's answer: what happened, ready to be persisted, or why it could not be done. */
public sealed interface StepReply {

  /** The step this answers. */
  Step step();

  /** The step is done; {@code event} says so. */
  record Done(Step step, ReplicateEvent event) implements StepReply {}

  /** The step failed. */
  record Failed(Step step, TrialFailure failure) implements StepReply {}

  /** The answer that doing {@code work} gives. */
  static StepReply of(Step step, Supplier<ReplicateEvent> work) {
    try {
      return new Done(step, work.get());
    } catch (RuntimeException | OutOfMemoryError e) {
      return new Failed(step, FailureClassifier.of(e));
    }
  }
}
