package io.tombola.actors.device.child;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.eventstream.EventStream;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.tombola.actors.WorkerResources;
import io.tombola.actors.device.Lease;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.actors.progress.Progress;
import io.tombola.training.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other end of a {@link TrainerProxy}: hosts the real {@link Trainer} in its process. */
public final class TrainerHost extends AbstractBehavior<TrainerHost.Command> {

  /** What it can be told. */
  sealed interface Command {}

  private record Carry(TrainerRequest order) implements Command {}

  private record Say(TrainerResponse answer) implements Command {}

  /**
   * What a host is made of.
   *
   * @param device such as {@code cpu:0}
   * @param engine opens the device, on the thread that will use it
   */
  public record Seat(WorkerResources bench, String device, Supplier<Engine> engine) {}

  private static final Logger LOG = LoggerFactory.getLogger(TrainerHost.class);

  private final FrameWriter<TrainerResponse> answers;
  private final ActorRef<Trainer.Command> trainer;
  private final ActorRef<Trainer.Health> health;
  private final String device;
  private Optional<ActorRef<Trainer.Report>> reports = Optional.empty();

  /**
   * Carries orders out until there are no more, which is when the parent ends or closes its end.
   *
   * @param died called, on another thread, when no further order can be carried out
   * @throws IOException if what comes is no order
   */
  public static void serve(Seat seat, InputStream orders, OutputStream answers, Runnable died)
      throws IOException {
    ActorSystem<Command> system =
        ActorSystem.create(
            FatalErrorInterceptor.around(
                Behaviors.setup(
                    context ->
                        new TrainerHost(
                            context, seat, new FrameWriter<>(answers, TrainerResponse.class)))),
            "trainer");
    system.getWhenTerminated().thenRun(died);
    FrameReader<TrainerRequest> reader =
        new FrameReader<>(
            orders, TrainerRequest.class, text -> LOG.warn("expected orders: {}", text));
    for (Optional<TrainerRequest> order = reader.read(); order.isPresent(); order = reader.read()) {
      system.tell(new Carry(order.get()));
    }
  }

  private TrainerHost(
      ActorContext<Command> context, Seat seat, FrameWriter<TrainerResponse> answers) {
    super(context);
    this.answers = answers;
    this.device = seat.device();
    ActorRef<Command> self = context.getSelf();
    context
        .getSystem()
        .eventStream()
        .tell(
            new EventStream.Subscribe<>(
                Progress.class,
                context.messageAdapter(
                    Progress.class, news -> new Say(new TrainerResponse.ProgressReported(news)))));
    this.health =
        context.messageAdapter(
            Trainer.Health.class, health -> new Say(new TrainerResponse.Probed(health)));
    this.trainer =
        context.spawn(
            Trainer.create(seat.bench(), device, () -> open(seat.engine(), self)),
            "trainer",
            DispatcherSelector.fromConfig("tombola.trainer-dispatcher"));
    context.watch(trainer);
  }

  private static Engine open(Supplier<Engine> engine, ActorRef<Command> self) {
    Engine opened = engine.get();
    self.tell(new Say(new TrainerResponse.Ready()));
    return opened;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Carry.class, carry -> carryOut(carry.order()))
        .onMessage(Say.class, say -> say(say.answer()))
        .onSignal(Terminated.class, end -> Behaviors.stopped())
        .build();
  }

  private Behavior<Command> carryOut(TrainerRequest order) {
    if (order instanceof TrainerRequest.Train train) {
      reports.ifPresent(getContext()::stop);
      ActorRef<Trainer.Report> replyTo = reportsOn(train.epoch());
      reports = Optional.of(replyTo);
      Lease lease = new Lease(device, train.epoch(), trainer);
      trainer.tell(new Trainer.Train(train.job(), lease, replyTo));
    } else if (order instanceof TrainerRequest.CheckpointPersisted keep) {
      trainer.tell(new Trainer.CheckpointPersisted(keep.epoch(), keep.checkpoint()));
    } else if (order instanceof TrainerRequest.Stop stop) {
      trainer.tell(new Trainer.Stop(stop.epoch()));
    } else if (order instanceof TrainerRequest.Probe) {
      trainer.tell(new Trainer.Probe(health));
    }
    return this;
  }

  /** Whoever reports there reports on what was begun under {@code epoch}. */
  private ActorRef<Trainer.Report> reportsOn(long epoch) {
    ActorRef<Command> self = getContext().getSelf();
    return getContext()
        .spawnAnonymous(
            Behaviors.receiveMessage(
                report -> {
                  self.tell(new Say(new TrainerResponse.Reported(epoch, report)));
                  return Behaviors.same();
                }));
  }

  private Behavior<Command> say(TrainerResponse answer) throws IOException {
    answers.write(answer);
    return this;
  }
}
