package io.tombola.actors.device;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tombola.actors.WorkerResources;
import io.tombola.actors.failure.FailureClassifier;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.actors.progress.ProgressStream;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrainJob;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.artifact.CorruptArtifactException;
import io.tombola.training.Checkpoint;
import io.tombola.training.engine.Engine;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Owns one device and trains on it, one job at a time, in slices, between which it handles other
 * messages. After a checkpoint it may evaluate but does not train until the checkpoint's event is
 * persisted: so a crash costs at most the training between two checkpoints, however slow the disk.
 * Reads and writes artifacts; its messages carry references only.
 */
public final class Trainer extends AbstractBehavior<Trainer.Command> {

  /** Messages to a trainer. */
  public sealed interface Command {}

  /** Train; a job of a newer lease replaces the current one. */
  public record Train(TrainJob job, Lease lease, ActorRef<Report> replyTo) implements Command {}

  /** Write a checkpoint and stop the training of this lease epoch. */
  public record Stop(long epoch) implements Command {}

  /** The event of the reported {@code checkpoint} is persisted: training may continue past it. */
  public record CheckpointPersisted(long epoch, CheckpointRef checkpoint) implements Command {}

  /** Report whether the device is fit, after a step at the size of the last job that failed. */
  public record Probe(ActorRef<Health> replyTo) implements Command {}

  /** Train the next slices of the job of this lease epoch. */
  private record Slice(long epoch) implements Command {}

  /** Reports on a training. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = CheckpointReached.class, name = "checkpoint-reached"),
    @JsonSubTypes.Type(value = RewindPointReached.class, name = "rewind-point-reached"),
    @JsonSubTypes.Type(value = CheckpointUnusable.class, name = "checkpoint-unusable"),
    @JsonSubTypes.Type(value = Trained.class, name = "trained"),
    @JsonSubTypes.Type(value = Stopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = Failed.class, name = "failed")
  })
  public sealed interface Report {

    /** The trial it is about. */
    TrialId trial();
  }

  /**
   * A checkpoint is written; the training continues once it is acknowledged.
   *
   * @param computingMillis how long it has computed since {@link Train}
   */
  public record CheckpointReached(TrialId trial, CheckpointRef checkpoint, long computingMillis)
      implements Report {}

  /** The point that later rounds rewind to is written; continues once it is acknowledged. */
  public record RewindPointReached(TrialId trial, CheckpointRef point) implements Report {}

  /** The job's checkpoint is missing or damaged; nothing was trained. */
  public record CheckpointUnusable(TrialId trial, CheckpointRef checkpoint, String why)
      implements Report {}

  /**
   * The training ran its full length.
   *
   * @param computingMillis how long it has computed since {@link Train}
   */
  public record Trained(TrialId trial, TrainedTrial result, long computingMillis)
      implements Report {}

  /**
   * The training was stopped on request; it can be resumed from the checkpoint.
   *
   * @param computingMillis how long it has computed since {@link Train}
   */
  public record Stopped(TrialId trial, CheckpointRef checkpoint, long computingMillis)
      implements Report {}

  /** The training failed. */
  public record Failed(TrialId trial, TrialFailure failure) implements Report {}

  /** Replies to a probe. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Fit.class, name = "fit"),
    @JsonSubTypes.Type(value = Unfit.class, name = "unfit")
  })
  public sealed interface Health {

    /** The device it is about. */
    String device();
  }

  /** The device computes. */
  public record Fit(String device) implements Health {}

  /** The device cannot compute a step of the last job that failed. */
  public record Unfit(String device, TrialFailure why) implements Health {}

  private final WorkerResources resources;
  private final String device;
  private final Engine engine;
  private final ProgressStream progress;
  private final TrainingFactory trainings;
  private final Set<CheckpointRef> unacknowledged = new HashSet<>();
  private Optional<ActiveTraining> running = Optional.empty();
  private Optional<TrainJob> lastFailed = Optional.empty();
  private boolean sliceQueued;

  /**
   * The behavior; belongs on a pinned dispatcher.
   *
   * @param engine opens the device; called, and the engine used, on the trainer's own thread
   */
  public static Behavior<Command> create(
      WorkerResources resources, String device, Supplier<Engine> engine) {
    return FatalErrorInterceptor.around(
        Behaviors.setup(context -> new Trainer(context, resources, device, engine.get())));
  }

  private Trainer(
      ActorContext<Command> context, WorkerResources resources, String device, Engine engine) {
    super(context);
    this.resources = resources;
    this.device = device;
    this.engine = engine;
    this.progress = new ProgressStream(context.getSystem());
    this.trainings = new TrainingFactory(resources, engine);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Train.class, this::train)
        .onMessage(Slice.class, this::advance)
        .onMessage(CheckpointPersisted.class, this::acknowledged)
        .onMessage(Stop.class, this::stop)
        .onMessage(Probe.class, this::probe)
        .onSignal(PostStop.class, signal -> close())
        .build();
  }

  private Behavior<Command> train(Train train) {
    if (running.isPresent() && running.get().epoch() >= train.lease().epoch()) {
      return this;
    }
    endTraining();
    TrainJob job = train.job();
    try {
      Optional<Checkpoint> checkpoint = Optional.empty();
      if (job.resume().isPresent()) {
        checkpoint = readCheckpoint(train, job.resume().get());
        if (checkpoint.isEmpty()) {
          return this;
        }
      }
      ActiveTraining run =
          new ActiveTraining(
              train,
              trainings.open(job, checkpoint),
              trainings,
              System.nanoTime(),
              new ComputeTimer());
      running = Optional.of(run);
      progress.publish(run.began());
      continueTraining(run);
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(train, e);
    }
    return this;
  }

  private Optional<Checkpoint> readCheckpoint(Train train, CheckpointRef ref) {
    try {
      return Optional.of(resources.checkpoint(ref.artifact()));
    } catch (CorruptArtifactException | IllegalArgumentException e) {
      train
          .replyTo()
          .tell(new CheckpointUnusable(train.job().trial(), ref, ExceptionMessage.of(e)));
      return Optional.empty();
    }
  }

  private Behavior<Command> advance(Slice slice) {
    if (!isRunning(slice.epoch())) {
      return this;
    }
    sliceQueued = false;
    ActiveTraining run = running.get();
    try {
      run.slices(() -> mayTrain(run));
      run.advanced().ifPresent(progress::publish);
      if (run.training().finished()) {
        finish(run);
      } else {
        reportPosition(run);
        continueTraining(run);
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      endTraining();
      fail(run.train(), e);
    }
    return this;
  }

  private void reportPosition(ActiveTraining run) {
    if (run.training().rewindPointDue()) {
      CheckpointRef point = run.saveRewindPoint();
      unacknowledged.add(point);
      run.report(new RewindPointReached(run.trial(), point));
    }
    if (run.training().checkpointDue()) {
      CheckpointRef checkpoint = run.saveCheckpoint();
      unacknowledged.add(checkpoint);
      run.report(new CheckpointReached(run.trial(), checkpoint, run.computing().millis()));
    }
  }

  private Behavior<Command> acknowledged(CheckpointPersisted persisted) {
    if (isRunning(persisted.epoch()) && unacknowledged.remove(persisted.checkpoint())) {
      continueTraining(running.get());
    }
    return this;
  }

  private void continueTraining(ActiveTraining run) {
    if (!sliceQueued && mayTrain(run)) {
      sliceQueued = true;
      getContext().getSelf().tell(new Slice(run.epoch()));
    }
  }

  /** While a checkpoint is unacknowledged the trainer may evaluate but not train. */
  private boolean mayTrain(ActiveTraining run) {
    return unacknowledged.isEmpty() || run.training().measuresNext();
  }

  private boolean isRunning(long epoch) {
    return running.filter(run -> run.epoch() == epoch).isPresent();
  }

  private void finish(ActiveTraining run) {
    TrainedTrial result = run.saveResult();
    endTraining();
    run.report(new Trained(run.trial(), result, run.computing().millis()));
  }

  private Behavior<Command> stop(Stop stop) {
    if (isRunning(stop.epoch())) {
      ActiveTraining run = running.get();
      try {
        CheckpointRef checkpoint = run.saveCheckpoint();
        endTraining();
        run.report(new Stopped(run.trial(), checkpoint, run.computing().millis()));
      } catch (RuntimeException | OutOfMemoryError e) {
        endTraining();
        fail(run.train(), e);
      }
    }
    return this;
  }

  private Behavior<Command> probe(Probe probe) {
    probe.replyTo().tell(health());
    return this;
  }

  private Health health() {
    try {
      trainings.probe(lastFailed);
      return new Fit(device);
    } catch (RuntimeException | OutOfMemoryError e) {
      getContext().getLog().warn("{} failed a probe", device, e);
      TrialFailure failure = FailureClassifier.of(e);
      return switch (failure.kind()) {
        case OUT_OF_MEMORY, DEVICE_LOST, BUG -> new Unfit(device, failure);
        // Not a failure of the device; the next training reports it.
        case DIVERGED, CORRUPT_ARTIFACT, NO_SPACE, BAD_DATA -> new Fit(device);
      };
    }
  }

  private void fail(Train train, Throwable thrown) {
    getContext().getLog().warn("{} failed on {}", train.job().trial(), device, thrown);
    lastFailed = Optional.of(train.job());
    train.replyTo().tell(new Failed(train.job().trial(), FailureClassifier.of(thrown)));
  }

  private void endTraining() {
    running.ifPresent(
        run -> {
          run.close();
          progress.publish(run.left());
        });
    running = Optional.empty();
    unacknowledged.clear();
    sliceQueued = false;
  }

  private Behavior<Command> close() {
    endTraining();
    engine.close();
    return this;
  }
}
