package io.tombola.actors.device;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.eventstream.EventStream;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tombola.actors.CborSerializable;
import io.tombola.actors.WorkerResources;
import io.tombola.actors.failure.FailureClassifier;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.actors.progress.Progress;
import io.tombola.protocol.TrialId;
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
 * Owns one device and trains on it, one job at a time, in slices, so that it hears what else it is
 * told between them. At a checkpoint it measures, where that is due, but does not train until it
 * hears that the log holds it: a crash never costs more than the way from one checkpoint to the
 * next, however slow the disk. Reads and writes artifacts; its messages carry references only.
 */
public final class Trainer extends AbstractBehavior<Trainer.Command> {

  /** What it can be told. */
  public sealed interface Command extends CborSerializable {}

  /** Train; a job of a newer lease takes the place of what is going on. */
  public record Train(TrainJob job, Lease lease, ActorRef<Report> replyTo) implements Command {}

  /** Write a checkpoint and stop what was begun under this lease epoch. */
  public record Stop(long epoch) implements Command {}

  /** What the trainer told of {@code checkpoint} is stored: train on. */
  public record CheckpointPersisted(long epoch, CheckpointRef checkpoint) implements Command {}

  /** Say whether the device is fit, after a step at the size of the last job that failed. */
  public record Probe(ActorRef<Health> replyTo) implements Command {}

  /** Train the next slices of the job of this lease epoch. */
  private record Slice(long epoch) implements Command {}

  /** What it answers. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = CheckpointReached.class, name = "checkpoint-reached"),
    @JsonSubTypes.Type(value = RewindPointReached.class, name = "rewind-point-reached"),
    @JsonSubTypes.Type(value = CheckpointUnusable.class, name = "checkpoint-unusable"),
    @JsonSubTypes.Type(value = Trained.class, name = "trained"),
    @JsonSubTypes.Type(value = Stopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = Failed.class, name = "failed")
  })
  public sealed interface Report extends CborSerializable {

    /** The trial it is about. */
    TrialId trial();
  }

  /**
   * From here it could be resumed; it goes on once it hears that this is kept.
   *
   * @param computingMillis how long it has computed since the order
   */
  public record CheckpointReached(TrialId trial, CheckpointRef checkpoint, long computingMillis)
      implements Report {}

  /** The iteration that later rounds go back to; it goes on once it hears that this is kept. */
  public record RewindPointReached(TrialId trial, CheckpointRef point) implements Report {}

  /** The job's checkpoint is missing or damaged; nothing was trained. */
  public record CheckpointUnusable(TrialId trial, CheckpointRef checkpoint, String why)
      implements Report {}

  /**
   * The training ran its full length.
   *
   * @param computingMillis how long it has computed since the order
   */
  public record Trained(TrialId trial, TrainedTrial result, long computingMillis)
      implements Report {}

  /**
   * The training was stopped as told; it can be resumed from the checkpoint.
   *
   * @param computingMillis how long it has computed since the order
   */
  public record Stopped(TrialId trial, CheckpointRef checkpoint, long computingMillis)
      implements Report {}

  /** The training failed. */
  public record Failed(TrialId trial, TrialFailure failure) implements Report {}

  /** What it answers to a probe. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Fit.class, name = "fit"),
    @JsonSubTypes.Type(value = Unfit.class, name = "unfit")
  })
  public sealed interface Health extends CborSerializable {

    /** The device it is about. */
    String device();
  }

  /** The device computes. */
  public record Fit(String device) implements Health {}

  /** The device cannot do what was asked of it last. */
  public record Unfit(String device, TrialFailure why) implements Health {}

  private final WorkerResources bench;
  private final String device;
  private final Engine engine;
  private final TrainingFactory jobs;
  private final Set<CheckpointRef> unkept = new HashSet<>();
  private Optional<ActiveTraining> running = Optional.empty();
  private Optional<TrainJob> failed = Optional.empty();
  private boolean sliceAhead;

  /**
   * The behavior; belongs on a pinned dispatcher.
   *
   * @param engine opens the device; called, and the engine used, on the trainer's own thread
   */
  public static Behavior<Command> create(
      WorkerResources bench, String device, Supplier<Engine> engine) {
    return FatalErrorInterceptor.around(
        Behaviors.setup(context -> new Trainer(context, bench, device, engine.get())));
  }

  private Trainer(
      ActorContext<Command> context, WorkerResources bench, String device, Engine engine) {
    super(context);
    this.bench = bench;
    this.device = device;
    this.engine = engine;
    this.jobs = new TrainingFactory(bench, engine);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Train.class, this::begin)
        .onMessage(Slice.class, this::advance)
        .onMessage(CheckpointPersisted.class, this::kept)
        .onMessage(Stop.class, this::stop)
        .onMessage(Probe.class, this::probe)
        .onSignal(PostStop.class, signal -> close())
        .build();
  }

  private Behavior<Command> begin(Train order) {
    if (running.isPresent() && running.get().epoch() >= order.lease().epoch()) {
      return this;
    }
    leave();
    TrainJob job = order.job();
    try {
      Optional<Checkpoint> checkpoint = Optional.empty();
      if (job.resume().isPresent()) {
        checkpoint = readCheckpoint(order, job.resume().get());
        if (checkpoint.isEmpty()) {
          return this;
        }
      }
      ActiveTraining run =
          new ActiveTraining(
              order, jobs.open(job, checkpoint), jobs, System.nanoTime(), new ComputeTimer());
      running = Optional.of(run);
      publish(run.began());
      trainOn(run);
    } catch (RuntimeException | OutOfMemoryError e) {
      fail(order, e);
    }
    return this;
  }

  private Optional<Checkpoint> readCheckpoint(Train order, CheckpointRef ref) {
    try {
      return Optional.of(bench.checkpoint(ref.artifact()));
    } catch (CorruptArtifactException | IllegalArgumentException e) {
      order
          .replyTo()
          .tell(new CheckpointUnusable(order.job().trial(), ref, String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private Behavior<Command> advance(Slice slice) {
    if (!isAtWork(slice.epoch())) {
      return this;
    }
    sliceAhead = false;
    ActiveTraining run = running.get();
    try {
      run.slices(() -> mayTrain(run));
      run.advanced().ifPresent(this::publish);
      if (run.training().finished()) {
        finish(run);
      } else {
        reportPosition(run);
        trainOn(run);
      }
    } catch (RuntimeException | OutOfMemoryError e) {
      leave();
      fail(run.order(), e);
    }
    return this;
  }

  private void reportPosition(ActiveTraining run) {
    if (run.training().rewindPointDue()) {
      CheckpointRef point = run.saveRewindPoint();
      unkept.add(point);
      run.report(new RewindPointReached(run.trial(), point));
    }
    if (run.training().checkpointDue()) {
      CheckpointRef checkpoint = run.saveCheckpoint();
      unkept.add(checkpoint);
      run.report(new CheckpointReached(run.trial(), checkpoint, run.computing().millis()));
    }
  }

  private Behavior<Command> kept(CheckpointPersisted kept) {
    if (isAtWork(kept.epoch()) && unkept.remove(kept.checkpoint())) {
      trainOn(running.get());
    }
    return this;
  }

  private void trainOn(ActiveTraining run) {
    if (!sliceAhead && mayTrain(run)) {
      sliceAhead = true;
      getContext().getSelf().tell(new Slice(run.epoch()));
    }
  }

  /** What is told but not kept yet may be measured, not trained past. */
  private boolean mayTrain(ActiveTraining run) {
    return unkept.isEmpty() || run.training().measuresNext();
  }

  private boolean isAtWork(long epoch) {
    return running.filter(run -> run.epoch() == epoch).isPresent();
  }

  private void finish(ActiveTraining run) {
    TrainedTrial result = run.saveResult();
    leave();
    run.report(new Trained(run.trial(), result, run.computing().millis()));
  }

  private Behavior<Command> stop(Stop stop) {
    if (isAtWork(stop.epoch())) {
      ActiveTraining run = running.get();
      try {
        CheckpointRef checkpoint = run.saveCheckpoint();
        leave();
        run.report(new Stopped(run.trial(), checkpoint, run.computing().millis()));
      } catch (RuntimeException | OutOfMemoryError e) {
        leave();
        fail(run.order(), e);
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
      jobs.probe(failed);
      return new Fit(device);
    } catch (RuntimeException | OutOfMemoryError e) {
      getContext().getLog().warn("{} failed a probe", device, e);
      TrialFailure failure = FailureClassifier.of(e);
      return switch (failure.kind()) {
        case OUT_OF_MEMORY, DEVICE_LOST, BUG -> new Unfit(device, failure);
        // The next training says so itself; the device is not to blame.
        case DIVERGED, CORRUPT_ARTIFACT, NO_SPACE, BAD_DATA -> new Fit(device);
      };
    }
  }

  private void fail(Train order, Throwable thrown) {
    getContext().getLog().warn("{} failed on {}", order.job().trial(), device, thrown);
    failed = Optional.of(order.job());
    order.replyTo().tell(new Failed(order.job().trial(), FailureClassifier.of(thrown)));
  }

  private void leave() {
    running.ifPresent(
        run -> {
          run.close();
          publish(run.left());
        });
    running = Optional.empty();
    unkept.clear();
    sliceAhead = false;
  }

  private void publish(Progress news) {
    getContext().getSystem().eventStream().tell(new EventStream.Publish<>(news));
  }

  private Behavior<Command> close() {
    leave();
    engine.close();
    return this;
  }
}
