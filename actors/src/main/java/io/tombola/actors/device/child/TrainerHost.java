package io.tombola.actors.device.child;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.tombola.actors.WorkerResources;
import io.tombola.actors.device.Lease;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressStream;
import io.tombola.training.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other end of a {@link TrainerProxy}: runs the real {@link Trainer} in its process. */
public final class TrainerHost extends AbstractBehavior<TrainerHost.Command> {

  /** Messages to the host. */
  sealed interface Command {}

  private record Handle(TrainerRequest request) implements Command {}

  private record Send(TrainerResponse response) implements Command {}

  /**
   * What a host is created with.
   *
   * @param device such as {@code cpu:0}
   * @param engine opens the device, on the thread that will use it
   */
  public record Settings(WorkerResources resources, String device, Supplier<Engine> engine) {}

  private static final Logger LOG = LoggerFactory.getLogger(TrainerHost.class);

  private final FrameWriter<TrainerResponse> responses;
  private final ActorRef<Trainer.Command> trainer;
  private final ActorRef<Trainer.Health> health;
  private final String device;
  private Optional<ActorRef<Trainer.Report>> reports = Optional.empty();

  /**
   * Handles requests until their end, which is when the parent ends or closes the stream.
   *
   * @param onTermination called, on another thread, when no further request can be handled
   * @throws IOException if the input is not a request
   */
  public static void serve(
      Settings settings, InputStream requests, OutputStream output, Runnable onTermination)
      throws IOException {
    ActorSystem<Command> system =
        ActorSystem.create(
            FatalErrorInterceptor.around(
                Behaviors.setup(
                    context ->
                        new TrainerHost(
                            context, settings, new FrameWriter<>(output, TrainerResponse.class)))),
            "trainer");
    system.getWhenTerminated().thenRun(onTermination);
    FrameReader<TrainerRequest> reader =
        new FrameReader<>(
            requests,
            TrainerRequest.class,
            text -> LOG.warn("expected a request, found: {}", text));
    for (Optional<TrainerRequest> request = reader.read();
        request.isPresent();
        request = reader.read()) {
      system.tell(new Handle(request.get()));
    }
  }

  private TrainerHost(
      ActorContext<Command> context, Settings settings, FrameWriter<TrainerResponse> responses) {
    super(context);
    this.responses = responses;
    this.device = settings.device();
    ActorRef<Command> self = context.getSelf();
    new ProgressStream(context.getSystem())
        .subscribe(
            context.messageAdapter(
                Progress.class,
                progress -> new Send(new TrainerResponse.ProgressReported(progress))));
    this.health =
        context.messageAdapter(
            Trainer.Health.class, health -> new Send(new TrainerResponse.Probed(health)));
    this.trainer =
        context.spawn(
            Trainer.create(settings.resources(), device, () -> open(settings.engine(), self)),
            "trainer",
            DispatcherSelector.fromConfig("tombola.trainer-dispatcher"));
    context.watch(trainer);
  }

  private static Engine open(Supplier<Engine> engine, ActorRef<Command> self) {
    Engine opened = engine.get();
    self.tell(new Send(new TrainerResponse.Ready()));
    return opened;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Handle.class, message -> handle(message.request()))
        .onMessage(Send.class, message -> send(message.response()))
        .onSignal(Terminated.class, end -> Behaviors.stopped())
        .build();
  }

  private Behavior<Command> handle(TrainerRequest request) {
    if (request instanceof TrainerRequest.Train train) {
      reports.ifPresent(getContext()::stop);
      ActorRef<Trainer.Report> replyTo = reportsOn(train.epoch());
      reports = Optional.of(replyTo);
      Lease lease = new Lease(device, train.epoch(), trainer);
      trainer.tell(new Trainer.Train(train.job(), lease, replyTo));
    } else if (request instanceof TrainerRequest.CheckpointPersisted keep) {
      trainer.tell(new Trainer.CheckpointPersisted(keep.epoch(), keep.checkpoint()));
    } else if (request instanceof TrainerRequest.Stop stop) {
      trainer.tell(new Trainer.Stop(stop.epoch()));
    } else if (request instanceof TrainerRequest.Probe) {
      trainer.tell(new Trainer.Probe(health));
    }
    return this;
  }

  /** Receives the reports on the training of {@code epoch}. */
  private ActorRef<Trainer.Report> reportsOn(long epoch) {
    ActorRef<Command> self = getContext().getSelf();
    return getContext()
        .spawnAnonymous(
            Behaviors.receiveMessage(
                report -> {
                  self.tell(new Send(new TrainerResponse.Reported(epoch, report)));
                  return Behaviors.same();
                }));
  }

  private Behavior<Command> send(TrainerResponse response) throws IOException {
    responses.write(response);
    return this;
  }
}
