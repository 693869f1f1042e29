package io.tombola.actors.round;

import akka.actor.typed.ActorRef;

/** Asks a worker to do one step. */
public interface StepRequest {

  /** The step to do. */
  Step step();

  /** Receives exactly one reply to this request. */
  ActorRef<StepReply> replyTo();
}
