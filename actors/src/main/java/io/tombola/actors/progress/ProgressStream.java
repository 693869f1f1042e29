package io.tombola.actors.progress;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.eventstream.EventStream;

/** Publishes progress on the event stream of an actor system, to all subscribers. Thread-safe. */
public final class ProgressStream {

  private final ActorRef<EventStream.Command> stream;

  /** The stream of {@code system}. */
  public ProgressStream(ActorSystem<?> system) {
    this.stream = system.eventStream();
  }

  /** Delivers {@code progress} to every subscriber, at most once. */
  public void publish(Progress progress) {
    stream.tell(new EventStream.Publish<>(progress));
  }

  /** Delivers everything that is published from now on to {@code subscriber}, until it stops. */
  public void subscribe(ActorRef<Progress> subscriber) {
    stream.tell(new EventStream.Subscribe<>(Progress.class, subscriber));
  }
}
