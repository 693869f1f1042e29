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
 * A trainer's current training, and the artifacts that it stores. Confined to the trainer's thread,
 * which waits while the engine computes on a thread of its own.
 *
 * @param factory what opened it, with the engine that it runs on
 * @param startedNanos when this trainer started it, on the clock of {@link System#nanoTime}
 * @param computing how long it has computed since then
 */
record ActiveTraining(
    Trainer.Train train,
    TrialTraining training,
    TrainingFactory factory,
    long startedNanos,
    ComputeTimer computing)
    implements AutoCloseable {

  /** Slices of a small network are short: one message for each would be slow. */
  private static final long BATCH_NANOS = 100_000_000;

  TrialId trial() {
    return train.job().trial();
  }

  long epoch() {
    return train.lease().epoch();
  }

  /**
   * Computes slices until something must be stored, the training is finished, or other messages
   * have waited for {@link #BATCH_NANOS}; a slice is never interrupted.
   *
   * @param mayContinue whether another slice may be computed before the next message
   */
  void slices(BooleanSupplier mayContinue) {
    computing.during(() -> factory.engine().run(() -> batch(mayContinue)));
  }

  private void batch(BooleanSupplier mayContinue) {
    long started = System.nanoTime();
    do {
      training.slice();
    } while (!training.finished()
        && !training.rewindPointDue()
        && !training.checkpointDue()
        && mayContinue.getAsBoolean()
        && System.nanoTime() - started < BATCH_NANOS);
  }

  /** Reports to the supervisor. */
  void report(Trainer.Report report) {
    train.replyTo().tell(report);
  }

  CheckpointRef saveCheckpoint() {
    return save(factory.engine().call(training::checkpoint));
  }

  CheckpointRef saveRewindPoint() {
    return save(factory.engine().call(training::rewindPoint));
  }

  private CheckpointRef save(Checkpoint checkpoint) {
    return new CheckpointRef(training.iteration(), put(checkpoint.encode()));
  }

  /** Stores the result of the finished training. */
  TrainedTrial saveResult() {
    long millis = (System.nanoTime() - startedNanos) / 1_000_000;
    return new TrainedTrial(
        training.iteration(),
        put(factory.engine().call(training::weights).encode()),
        put(training.curve().encode()),
        train.lease().device(),
        millis,
        training.path().map(path -> put(path.encode())));
  }

  private ArtifactRef put(byte[] artifact) {
    return factory.resources().artifacts().put(artifact);
  }

  Progress began() {
    return new Progress.TrainingBegan(
        trial(), train.lease().device(), training.iteration(), training.iterations());
  }

  /** The progress so far; empty before the first evaluation. */
  Optional<Progress> advanced() {
    return training
        .lastPoint()
        .map(
            point ->
                new Progress.TrainingAdvanced(
                    trial(),
                    train.lease().device(),
                    training.iteration(),
                    training.iterations(),
                    point.validationLossNats(),
                    point.validationAccuracyPercent()));
  }

  Progress left() {
    return new Progress.TrainingLeft(trial(), train.lease().device());
  }

  /** Frees its memory on the device. */
  @Override
  public void close() {
    factory.engine().run(training::close);
  }
}
