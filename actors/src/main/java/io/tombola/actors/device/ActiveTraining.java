package io.tombola.actors.device;

import io.tombola.actors.progress.Progress;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.training.Checkpoint;
import io.tombola.training.TrialTraining;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The training that a trainer is at, and what it leaves in the store. Confined to the trainer's
 * thread, which waits while the engine computes on one of its own.
 *
 * @param jobs what it came from, with the engine that it is on
 * @param beganNanos when this trainer took it up, on the clock of {@link System#nanoTime}
 * @param computing how long it has computed since then
 */
record ActiveTraining(
    Trainer.Train order,
    TrialTraining training,
    TrainingFactory jobs,
    long beganNanos,
    ComputeTimer computing)
    implements AutoCloseable {

  /** Slices of a small network are short: a turn of the trainer's thread for each would cost. */
  private static final long TURN_NANOS = 100_000_000;

  TrialId trial() {
    return order.job().trial();
  }

  long epoch() {
    return order.lease().epoch();
  }

  /**
   * Computes slices until something is to be stored, there is none left, or messages have waited
   * for {@link #TURN_NANOS}; a slice is never cut short.
   *
   * @param onward whether another slice may be computed before a message is heard
   */
  void slices(BooleanSupplier onward) {
    computing.during(() -> jobs.engine().run(() -> turn(onward)));
  }

  private void turn(BooleanSupplier onward) {
    long began = System.nanoTime();
    do {
      training.slice();
    } while (!training.finished()
        && !training.rewindPointDue()
        && !training.checkpointDue()
        && onward.getAsBoolean()
        && System.nanoTime() - began < TURN_NANOS);
  }

  /** Tells the supervisor. */
  void report(Trainer.Report report) {
    order.replyTo().tell(report);
  }

  CheckpointRef saveCheckpoint() {
    return save(jobs.engine().call(training::checkpoint));
  }

  CheckpointRef saveRewindPoint() {
    return save(jobs.engine().call(training::rewindPoint));
  }

  private CheckpointRef save(Checkpoint checkpoint) {
    return new CheckpointRef(training.iteration(), put(checkpoint.encode()));
  }

  /** What is left of it once it is finished. */
  TrainedTrial saveResult() {
    long millis = (System.nanoTime() - beganNanos) / 1_000_000;
    return new TrainedTrial(
        training.iteration(),
        put(jobs.engine().call(training::weights).encode()),
        put(training.curve().encode()),
        order.lease().device(),
        millis,
        training.path().map(path -> put(path.encode())));
  }

  private ArtifactRef put(byte[] artifact) {
    return jobs.bench().artifacts().put(artifact);
  }

  Progress began() {
    return new Progress.TrainingBegan(
        trial(), order.lease().device(), training.iteration(), training.iterations());
  }

  /** How far it is; empty before anything was measured. */
  Optional<Progress> advanced() {
    return training
        .lastPoint()
        .map(
            point ->
                new Progress.TrainingAdvanced(
                    trial(),
                    order.lease().device(),
                    training.iteration(),
                    training.iterations(),
                    point.validationLossNats(),
                    point.validationAccuracyPercent()));
  }

  Progress left() {
    return new Progress.TrainingLeft(trial(), order.lease().device());
  }

  /** Frees what it holds on the device. */
  @Override
  public void close() {
    jobs.engine().run(training::close);
  }
}
