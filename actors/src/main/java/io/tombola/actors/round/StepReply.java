package io.tombola.actors.round;

import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.trial.TrialFailure;

/** A worker's reply: the event to persist, or why the step failed. */
public sealed interface StepReply {

  /** The step that was requested. */
  Step step();

  /** The step is done once {@code event} is persisted. */
  record Done(Step step, ReplicateEvent event) implements StepReply {}

  /** The step failed; nothing is to be persisted. */
  record Failed(Step step, TrialFailure failure) implements StepReply {}
}
