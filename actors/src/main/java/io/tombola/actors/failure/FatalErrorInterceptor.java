package io.tombola.actors.failure;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.Signal;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;

/**
 * Makes an error that Akka takes for fatal, such as too little memory, the failure of the actor
 * that meets it, of which whoever watches it hears with the cause. Without it the actor's thread
 * ends in the middle of a message: the actor never goes on, and never stops.
 */
public final class FatalErrorInterceptor<T> extends BehaviorInterceptor<T, T> {

  // Persistent actors get messages of their own, which are no T: none is let past.
  @SuppressWarnings("unchecked")
  private FatalErrorInterceptor() {
    super((Class<T>) (Class<?>) Object.class);
  }

  /** The same behavior, guarded. */
  public static <T> Behavior<T> around(Behavior<T> behavior) {
    return Behaviors.intercept(FatalErrorInterceptor::new, behavior);
  }

  @Override
  public Behavior<T> aroundStart(TypedActorContext<T> context, PreStartTarget<T> target) {
    try {
      return target.start(context);
    } catch (VirtualMachineError | LinkageError e) {
      throw failure(e);
    }
  }

  @Override
  public Behavior<T> aroundReceive(
      TypedActorContext<T> context, T message, ReceiveTarget<T> target) {
    try {
      return target.apply(context, message);
    } catch (VirtualMachineError | LinkageError e) {
      throw failure(e);
    }
  }

  @Override
  public Behavior<T> aroundSignal(
      TypedActorContext<T> context, Signal signal, SignalTarget<T> target) {
    try {
      return target.apply(context, signal);
    } catch (VirtualMachineError | LinkageError e) {
      throw failure(e);
    }
  }

  private static IllegalStateException failure(Error cause) {
    return new IllegalStateException("an actor met a fatal error", cause);
  }
}
