package io.tombola.actors.device.child;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.eventstream.EventStream;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.actors.progress.Progress;
import java.io.IOException;
import java.util.Optional;

/**
 * Stands for a {@link Trainer} that lives in a process of its own: passes on what it is told and
 * what the process answers. When the process ends before its time, or does not do what it must in
 * time, this actor stops, as a trainer does that fails.
 */
public final class TrainerProxy extends AbstractBehavior<Object> {

  private record Heard(TrainerResponse answer) {}

  private record Ended(String how) {}

  private record Overdue(String what) {}

  private static final Object START = "start";
  private static final Object STOP = "stop";

  private final String device;
  private final TrainerTimeouts patience;
  private final TimerScheduler<Object> timers;
  private final TrainerConnection line;
  private Optional<Trainer.Train> current = Optional.empty();
  private Optional<ActorRef<Trainer.Health>> prober = Optional.empty();
  private Optional<String> killedFor = Optional.empty();

  /** The behavior; starts its process at once, and ends it when it stops itself. */
  public static Behavior<Trainer.Command> create(
      String device, TrainerLauncher launcher, TrainerTimeouts patience) {
    return FatalErrorInterceptor.around(
            Behaviors.<Object>setup(
                context ->
                    Behaviors.withTimers(
                        timers -> {
                          try {
                            TrainerProcess process = launcher.launch(device);
                            return new TrainerProxy(context, timers, device, process, patience);
                          } catch (IOException e) {
                            warn(context, device, "cannot be started: " + e.getMessage());
                            return Behaviors.stopped();
                          }
                        })))
        .narrow();
  }

  private TrainerProxy(
      ActorContext<Object> context,
      TimerScheduler<Object> timers,
      String device,
      TrainerProcess process,
      TrainerTimeouts patience) {
    super(context);
    this.device = device;
    this.patience = patience;
    this.timers = timers;
    this.line = TrainerConnection.open(process, device, listener(context.getSelf()));
    timers.startSingleTimer(START, new Overdue("did not come up"), patience.start());
  }

  private static TrainerConnection.Listener listener(ActorRef<Object> self) {
    return new TrainerConnection.Listener() {
      @Override
      public void heard(TrainerResponse answer) {
        self.tell(new Heard(answer));
      }

      @Override
      public void ended(String how) {
        self.tell(new Ended(how));
      }
    };
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(Trainer.Train.class, this::train)
        .onMessage(Trainer.CheckpointPersisted.class, this::kept)
        .onMessage(Trainer.Stop.class, this::stop)
        .onMessage(Trainer.Probe.class, this::probe)
        .onMessage(Heard.class, heard -> heard(heard.answer()))
        .onMessage(Overdue.class, this::overdue)
        .onMessage(Ended.class, this::ended)
        .onSignal(PostStop.class, signal -> close())
        .build();
  }

  private Behavior<Object> train(Trainer.Train order) {
    long epoch = order.lease().epoch();
    if (current.filter(held -> held.lease().epoch() >= epoch).isEmpty()) {
      timers.cancel(STOP);
      current = Optional.of(order);
      line.tell(new TrainerRequest.Train(epoch, order.job()));
    }
    return this;
  }

  private Behavior<Object> kept(Trainer.CheckpointPersisted kept) {
    line.tell(new TrainerRequest.CheckpointPersisted(kept.epoch(), kept.checkpoint()));
    return this;
  }

  private Behavior<Object> stop(Trainer.Stop stop) {
    if (isCurrent(stop.epoch())) {
      timers.startSingleTimer(STOP, new Overdue("did not stop its training"), patience.stop());
    }
    line.tell(new TrainerRequest.Stop(stop.epoch()));
    return this;
  }

  private Behavior<Object> probe(Trainer.Probe probe) {
    prober = Optional.of(probe.replyTo());
    line.tell(new TrainerRequest.Probe());
    return this;
  }

  private Behavior<Object> heard(TrainerResponse answer) {
    if (answer instanceof TrainerResponse.Ready) {
      timers.cancel(START);
      getContext().getLog().info("the trainer of {} is up", device);
    } else if (answer instanceof TrainerResponse.ProgressReported told) {
      publish(getContext(), told.news());
    } else if (answer instanceof TrainerResponse.Probed probed) {
      prober.ifPresent(asked -> asked.tell(probed.health()));
    } else if (answer instanceof TrainerResponse.Reported reported && isCurrent(reported.epoch())) {
      pass(reported.report(), current.get());
    }
    return this;
  }

  private void pass(Trainer.Report report, Trainer.Train order) {
    boolean goesOn =
        report instanceof Trainer.CheckpointReached || report instanceof Trainer.RewindPointReached;
    if (!goesOn) {
      timers.cancel(STOP);
      current = Optional.empty();
    }
    order.replyTo().tell(report);
  }

  private boolean isCurrent(long epoch) {
    return current.filter(order -> order.lease().epoch() == epoch).isPresent();
  }

  private Behavior<Object> overdue(Overdue overdue) {
    killedFor = Optional.of(overdue.what() + " in time and was killed");
    line.kill();
    return this;
  }

  private Behavior<Object> ended(Ended end) {
    current.ifPresent(
        order -> publish(getContext(), new Progress.TrainingLeft(order.job().trial(), device)));
    warn(getContext(), device, killedFor.orElse(end.how()));
    return Behaviors.stopped();
  }

  private Behavior<Object> close() {
    line.close(patience.farewell());
    return this;
  }

  private static void warn(ActorContext<Object> context, String device, String how) {
    context.getLog().warn("the trainer process of {} {}", device, how);
    publish(context, new Progress.TrainerEnded(device, how));
  }

  private static void publish(ActorContext<Object> context, Progress news) {
    context.getSystem().eventStream().tell(new EventStream.Publish<>(news));
  }
}
