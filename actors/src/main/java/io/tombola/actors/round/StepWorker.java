package io.tombola.actors.round;

import akka.actor.typed.Behavior;
import akka.actor.typed.PreRestart;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.tombola.actors.failure.FailureClassifier;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.trial.TrialFailure;
import java.util.Optional;
import java.util.function.Function;

/**
 * A stateless actor that does one step per request and always replies, so that no step is lost: an
 * exception is the reply, and an error that restarts the actor is replied to before the restart.
 */
final class StepWorker<R extends StepRequest> extends AbstractBehavior<R> {

  private final Class<R> type;
  private final Function<R, ReplicateEvent> work;
  private Optional<R> inFlight = Optional.empty();

  /** A worker that restarts after every error; {@code work} may block. */
  static <R extends StepRequest> Behavior<R> create(
      Class<R> type, Function<R, ReplicateEvent> work) {
    Behavior<R> worker = Behaviors.setup(context -> new StepWorker<>(context, type, work));
    return Behaviors.supervise(FatalErrorInterceptor.around(worker))
        .onFailure(Throwable.class, SupervisorStrategy.restart());
  }

  private StepWorker(ActorContext<R> context, Class<R> type, Function<R, ReplicateEvent> work) {
    super(context);
    this.type = type;
    this.work = work;
  }

  @Override
  public Receive<R> createReceive() {
    return newReceiveBuilder()
        .onMessage(type, this::reply)
        .onSignal(PreRestart.class, signal -> replyFailed())
        .build();
  }

  private Behavior<R> reply(R request) {
    inFlight = Optional.of(request);
    request.replyTo().tell(replyTo(request));
    inFlight = Optional.empty();
    return this;
  }

  private StepReply replyTo(R request) {
    try {
      return new StepReply.Done(request.step(), work.apply(request));
    } catch (RuntimeException | OutOfMemoryError e) {
      return new StepReply.Failed(request.step(), FailureClassifier.of(e));
    }
  }

  private Behavior<R> replyFailed() {
    inFlight.ifPresent(
        request ->
            request
                .replyTo()
                .tell(
                    new StepReply.Failed(
                        request.step(),
                        new TrialFailure(
                            TrialFailure.Kind.BUG,
                            "a worker met an error in " + request.step() + "; see the log"))));
    return this;
  }
}
