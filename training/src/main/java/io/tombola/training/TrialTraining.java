package io.tombola.training;

import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.LearningCurve.Point;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.DivergedException;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * One trial from its start to its full length, in slices, measured on the evaluation grid: the
 * start, every {@code evaluate-every} iterations, and the last; on test examples at fewer of these,
 * if the campaign says so. After a copy of a ticket is trained, the line between both is measured.
 * Results depend neither on where slices end nor on where the training is resumed. Confined to its
 * engine's thread; the caller that starts it closes it.
 */
public final class TrialTraining implements AutoCloseable {

  private final TrialSetup setup;
  private final TrainingSpec recipe;
  private final DataSplits splits;
  private final TrainingSession session;
  private final EarlyBirdTracker earlyBird;
  private LearningCurve curve = LearningCurve.EMPTY;
  private double trainLossSum;
  private int lastCheckpoint;
  private boolean rewindPointTaken;
  private Optional<IncrementalEvaluation> measuring = Optional.empty();
  private Optional<LinearPathMeasurement> path = Optional.empty();

  private TrialTraining(Engine engine, DataSplits splits, TrialSetup setup) {
    this.setup = setup;
    this.recipe = setup.campaign().training();
    this.splits = splits;
    this.earlyBird = new EarlyBirdTracker(setup);
    this.lastCheckpoint = setup.start().position().iteration();
    this.session = engine.open(setup.session(splits));
  }

  /** Starts from the setup's starting point, with the mask applied to weights and moments. */
  public static TrialTraining start(Engine engine, DataSplits splits, TrialSetup setup) {
    return new TrialTraining(engine, splits, setup);
  }

  /**
   * Resumes from a checkpoint of the same trial.
   *
   * @throws IllegalArgumentException if the checkpoint is of another trial
   */
  public static TrialTraining resume(
      Engine engine, DataSplits splits, TrialSetup setup, Checkpoint checkpoint) {
    if (!checkpoint.trial().equals(setup.trial())) {
      throw new IllegalArgumentException(
          "expected a checkpoint of %s, found one of %s"
              .formatted(setup.trial(), checkpoint.trial()));
    }
    TrialTraining training = start(engine, splits, setup);
    try {
      training.restore(checkpoint);
    } catch (RuntimeException | Error e) {
      training.close();
      throw e;
    }
    return training;
  }

  private void restore(Checkpoint checkpoint) {
    session.restore(checkpoint.position());
    curve = checkpoint.curve();
    trainLossSum = checkpoint.trainLossSum();
    lastCheckpoint = checkpoint.iteration();
    // The rewind point of an iteration is taken before its checkpoint.
    rewindPointTaken = checkpoint.iteration() >= setup.campaign().rewind().to();
    earlyBird.restore(checkpoint.drawnMask());
  }

  /** The trial. */
  public TrialId trial() {
    return setup.trial();
  }

  /** Optimizer steps that count for schedule and data order. */
  public int iteration() {
    return session.iteration();
  }

  /** The iteration it ends at. */
  public int iterations() {
    return recipe.iterations();
  }

  /** Whether the last iteration is done and measured, and the path, if there is one. */
  public boolean finished() {
    return trained()
        && (setup.ticket().isEmpty() || path.filter(LinearPathMeasurement::done).isPresent());
  }

  /**
   * Trains towards the next evaluation or checkpoint; on the evaluation grid, measures first; after
   * the last iteration, measures the path. Returns before it measures where a checkpoint or the
   * rewind point is due, so that the caller can store it in the meantime. Takes some tenths of a
   * second. Does nothing once finished.
   *
   * @throws DivergedException if a loss is not finite, at the very step; it names the iteration and
   *     the layer
   */
  public void slice() {
    if (trained()) {
      measurePath();
      return;
    }
    if (!measuresNext()) {
      int budget = SliceBudget.iterations(network(), recipe.batchSize());
      train(Math.min(budget, nextBoundary() - iteration()));
      if (checkpointDue() || rewindPointDue()) {
        return;
      }
    }
    if (measuresNext()) {
      measure();
    }
  }

  /** Whether the next slice measures and does no training. */
  public boolean measuresNext() {
    return onGrid() && !isMeasured();
  }

  /**
   * Whether the point that later rounds are rewound to should be taken now, before the next slice.
   */
  public boolean rewindPointDue() {
    return setup.hasRewindPoint()
        && iteration() == setup.campaign().rewind().to()
        && !rewindPointTaken;
  }

  /** The position as later rounds start from it; without a curve, which is this trial's own. */
  public Checkpoint rewindPoint() {
    rewindPointTaken = true;
    return new Checkpoint(
        setup.trial(), session.position(), 0, LearningCurve.EMPTY, Optional.empty());
  }

  /** Whether a checkpoint should be taken now, before the next slice. */
  public boolean checkpointDue() {
    int iteration = iteration();
    return iteration % recipe.checkpointEvery() == 0
        && measuring.isEmpty()
        && iteration < iterations()
        && iteration != lastCheckpoint;
  }

  /** The position between two slices. */
  public Checkpoint checkpoint() {
    lastCheckpoint = iteration();
    TrainingPosition position = path.map(LinearPathMeasurement::end).orElseGet(session::position);
    return new Checkpoint(setup.trial(), position, trainLossSum, curve, earlyBird.newest());
  }

  /** A copy of the weights as they are now. */
  public Weights weights() {
    return path.map(p -> p.end().weights()).orElseGet(session::weights);
  }

  /** Everything measured so far. */
  public LearningCurve curve() {
    return curve;
  }

  /** What was measured on the line to the ticket; empty for a trial that is no copy of one. */
  public Optional<LinearPath> path() {
    return path.map(LinearPathMeasurement::path);
  }

  /** The newest measurement; empty before the start is measured. */
  public Optional<Point> lastPoint() {
    List<Point> points = curve.points();
    return points.isEmpty() ? Optional.empty() : Optional.of(points.get(points.size() - 1));
  }

  /** Frees what the training holds on the device. */
  @Override
  public void close() {
    session.close();
  }

  private void train(int steps) {
    trainLossSum += session.advance(steps);
  }

  private void measure() {
    IncrementalEvaluation now =
        measuring.orElseGet(
            () -> new IncrementalEvaluation(session, splits, network(), this::isTestDue));
    now.advance();
    measuring = now.done() ? Optional.empty() : Optional.of(now);
    if (now.done()) {
      now.check(iteration());
      add(now.validation(), now.test());
    }
  }

  private boolean isTestDue(double validationLossNats) {
    return recipe.testEvery().map(every -> iteration() % every == 0).orElse(true)
        || iteration() == iterations()
        || curve.isNewMinimum(validationLossNats);
  }

  private void add(Evaluation validation, Optional<Evaluation> test) {
    curve =
        curve.plus(
            new Point(
                iteration(),
                trainLoss(),
                validation.lossNats(),
                validation.accuracyPercent(),
                optional(test, Evaluation::lossNats),
                optional(test, Evaluation::accuracyPercent),
                earlyBird.distance(session)));
    trainLossSum = 0;
  }

  private void measurePath() {
    if (setup.ticket().isEmpty()) {
      return;
    }
    if (path.isEmpty()) {
      int points = setup.campaign().analysis().instability().points();
      path =
          Optional.of(new LinearPathMeasurement(setup.ticket().get(), session.position(), points));
    }
    if (!path.get().done()) {
      path.get().advance(session, splits);
    }
  }

  private static OptionalDouble optional(
      Optional<Evaluation> of, ToDoubleFunction<Evaluation> measure) {
    return of.stream().mapToDouble(measure).findFirst();
  }

  private OptionalDouble trainLoss() {
    return lastPoint().isPresent()
        ? OptionalDouble.of(trainLossSum / (iteration() - lastPoint().get().iteration()))
        : OptionalDouble.empty();
  }

  private boolean trained() {
    return iteration() == iterations() && isMeasured();
  }

  private boolean isMeasured() {
    return lastPoint().filter(point -> point.iteration() == iteration()).isPresent();
  }

  private boolean onGrid() {
    return iteration() % recipe.evaluateEvery() == 0
        || iteration() == setup.start().position().iteration()
        || iteration() == iterations();
  }

  private Network network() {
    return setup.start().mask().network();
  }

  private int nextBoundary() {
    int next = Math.min(next(recipe.evaluateEvery()), next(recipe.checkpointEvery()));
    int rewindTo = setup.campaign().rewind().to();
    if (setup.hasRewindPoint() && rewindTo > iteration()) {
      next = Math.min(next, rewindTo);
    }
    return Math.min(next, iterations());
  }

  private int next(int every) {
    return (iteration() / every + 1) * every;
  }
}
