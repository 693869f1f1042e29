package io.tombola.actors.failure;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.Signal;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;

/**
 * Turns an error that Akka treats as fatal, such as an {@link OutOfMemoryError}, into the failure
 * of the actor that meets it, so that its watchers receive the cause. Without it the actor's thread
 * ends in the middle of a message: the actor neither continues nor stops.
 */
public final class FatalErrorInterceptor<T> extends BehaviorInterceptor<T, T> {

  // Persistent actors also receive internal messages that are not of type T: intercept these, too.
  @SuppressWarnings("unchecked")
  private FatalErrorInterceptor() {
    super((Class<T>) (Class<?>) Object.class);
  }

  /** The same behavior, with this interceptor around it. */
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
