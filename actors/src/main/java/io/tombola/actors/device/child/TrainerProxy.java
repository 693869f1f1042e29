package io.tombola.actors.device.child;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressStream;
import io.tombola.protocol.text.ExceptionMessage;
import java.io.IOException;
import java.util.Optional;

/**
 * Represents a {@link Trainer} that runs in a process of its own: forwards its commands to the
 * process and the process's reports to whom they concern. This actor stops, as a failed trainer
 * does, when the process ends early or exceeds a timeout.
 */
public final class TrainerProxy extends AbstractBehavior<TrainerProxy.Message> {

  /** What this actor receives: a trainer's commands, and what becomes of the process. */
  sealed interface Message {}

  private record Forward(Trainer.Command command) implements Message {}

  private record Received(TrainerResponse response) implements Message {}

  private record ProcessEnded(String how) implements Message {}

  private record TimedOut(Timeout timeout) implements Message {}

  private enum Timeout {
    START("did not come up"),
    STOP("did not stop its training");

    private final String what;

    Timeout(String what) {
      this.what = what;
    }
  }

  private final String device;
  private final TrainerTimeouts timeouts;
  private final TimerScheduler<Message> timers;
  private final ProgressStream progress;
  private final TrainerConnection connection;
  private Optional<Trainer.Train> current = Optional.empty();
  private Optional<ActorRef<Trainer.Health>> prober = Optional.empty();
  private Optional<Timeout> killedAfter = Optional.empty();

  /** The behavior; starts its process at once, and ends it when the actor stops. */
  public static Behavior<Trainer.Command> create(
      String device, TrainerLauncher launcher, TrainerTimeouts timeouts) {
    Behavior<Message> proxy =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(timers -> start(context, timers, device, launcher, timeouts)));
    return FatalErrorInterceptor.around(
        Behaviors.transformMessages(
            Trainer.Command.class,
            proxy,
            builder -> builder.match(Trainer.Command.class, Forward::new)));
  }

  private static Behavior<Message> start(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      String device,
      TrainerLauncher launcher,
      TrainerTimeouts timeouts) {
    try {
      return new TrainerProxy(context, timers, device, launcher.launch(device), timeouts);
    } catch (IOException e) {
      reportEnd(context, device, "cannot be started: " + ExceptionMessage.of(e));
      return Behaviors.stopped();
    }
  }

  private TrainerProxy(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      String device,
      TrainerProcess process,
      TrainerTimeouts timeouts) {
    super(context);
    this.device = device;
    this.timeouts = timeouts;
    this.timers = timers;
    this.progress = new ProgressStream(context.getSystem());
    this.connection = TrainerConnection.open(process, device, listener(context.getSelf()));
    timers.startSingleTimer(Timeout.START, new TimedOut(Timeout.START), timeouts.start());
  }

  private static TrainerConnection.Listener listener(ActorRef<Message> self) {
    return new TrainerConnection.Listener() {
      @Override
      public void received(TrainerResponse response) {
        self.tell(new Received(response));
      }

      @Override
      public void ended(String how) {
        self.tell(new ProcessEnded(how));
      }
    };
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Forward.class, message -> forward(message.command()))
        .onMessage(Received.class, message -> received(message.response()))
        .onMessage(TimedOut.class, message -> timedOut(message.timeout()))
        .onMessage(ProcessEnded.class, message -> processEnded(message.how()))
        .onSignal(PostStop.class, signal -> close())
        .build();
  }

  private Behavior<Message> forward(Trainer.Command command) {
    if (command instanceof Trainer.Train train) {
      train(train);
    } else if (command instanceof Trainer.CheckpointPersisted persisted) {
      connection.send(
          new TrainerRequest.CheckpointPersisted(persisted.epoch(), persisted.checkpoint()));
    } else if (command instanceof Trainer.Stop stop) {
      stop(stop);
    } else if (command instanceof Trainer.Probe probe) {
      prober = Optional.of(probe.replyTo());
      connection.send(new TrainerRequest.Probe());
    }
    return this;
  }

  private void train(Trainer.Train train) {
    long epoch = train.lease().epoch();
    if (current.filter(held -> held.lease().epoch() >= epoch).isEmpty()) {
      timers.cancel(Timeout.STOP);
      current = Optional.of(train);
      connection.send(new TrainerRequest.Train(epoch, train.job()));
    }
  }

  private void stop(Trainer.Stop stop) {
    if (isCurrent(stop.epoch())) {
      timers.startSingleTimer(Timeout.STOP, new TimedOut(Timeout.STOP), timeouts.stop());
    }
    connection.send(new TrainerRequest.Stop(stop.epoch()));
  }

  private Behavior<Message> received(TrainerResponse response) {
    if (response instanceof TrainerResponse.Ready) {
      timers.cancel(Timeout.START);
      getContext().getLog().info("the trainer of {} is up", device);
    } else if (response instanceof TrainerResponse.ProgressReported reported) {
      progress.publish(reported.progress());
    } else if (response instanceof TrainerResponse.Probed probed) {
      prober.ifPresent(requester -> requester.tell(probed.health()));
    } else if (response instanceof TrainerResponse.Reported reported
        && isCurrent(reported.epoch())) {
      deliver(reported.report(), current.get());
    }
    return this;
  }

  private void deliver(Trainer.Report report, Trainer.Train train) {
    boolean continues =
        report instanceof Trainer.CheckpointReached || report instanceof Trainer.RewindPointReached;
    if (!continues) {
      timers.cancel(Timeout.STOP);
      current = Optional.empty();
    }
    train.replyTo().tell(report);
  }

  private boolean isCurrent(long epoch) {
    return current.filter(train -> train.lease().epoch() == epoch).isPresent();
  }

  private Behavior<Message> timedOut(Timeout timeout) {
    killedAfter = Optional.of(timeout);
    connection.kill();
    return this;
  }

  private Behavior<Message> processEnded(String how) {
    current.ifPresent(
        train -> progress.publish(new Progress.TrainingLeft(train.job().trial(), device)));
    reportEnd(
        getContext(),
        device,
        killedAfter.map(timeout -> timeout.what + " in time and was killed").orElse(how));
    return Behaviors.stopped();
  }

  private Behavior<Message> close() {
    connection.close(timeouts.shutdown());
    return this;
  }

  private static void reportEnd(ActorContext<Message> context, String device, String how) {
    context.getLog().warn("the trainer process of {} {}", device, how);
    new ProgressStream(context.getSystem()).publish(new Progress.TrainerEnded(device, how));
  }
}
