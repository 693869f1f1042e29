package io.tombola.training;

import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.LearningCurve.Point;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.DataOrder;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.LearningRates;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import io.tombola.training.start.Start;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One trial from its start to its full length, in slices, measured on the evaluation grid:
 * iteration 0, every {@code evaluate-every} iterations, and the last. Where slices end and where it
 * is resumed leaves no trace in its results. Confined to its engine's thread; whoever starts it
 * closes it.
 */
public final class TrialTraining implements AutoCloseable {

  /** Most iterations of one slice; a fraction of a second. */
  private static final int SLICE_ITERATIONS = 100;

  private final TrialId trial;
  private final TrainingSpec recipe;
  private final DataSplits splits;
  private final TrainingSession session;
  private LearningCurve curve = LearningCurve.EMPTY;
  private double trainLossSum;
  private int lastCheckpoint;

  private TrialTraining(
      TrialId trial, TrainingSpec recipe, DataSplits splits, TrainingSession session) {
    this.trial = trial;
    this.recipe = recipe;
    this.splits = splits;
    this.session = session;
  }

  /** Starts with the mask laid over weights and moments. */
  public static TrialTraining start(
      Engine engine, DataSplits splits, CampaignSpec campaign, TrialId trial, Start start) {
    DataOrder order = new DataOrder(new Seeds(campaign.seed(), trial.replicate()), 0);
    LearningRates rates = LearningRates.of(campaign.training().optimizer());
    SessionSpec spec =
        new SessionSpec(campaign.training(), splits, start.position(), start.mask(), order, rates);
    return new TrialTraining(trial, campaign.training(), splits, engine.open(spec));
  }

  /**
   * Goes on from a checkpoint of the same trial.
   *
   * @throws IllegalArgumentException if the checkpoint is of another trial
   */
  public static TrialTraining resume(
      Engine engine,
      DataSplits splits,
      CampaignSpec campaign,
      TrialId trial,
      Start start,
      Checkpoint checkpoint) {
    if (!checkpoint.trial().equals(trial)) {
      throw new IllegalArgumentException(
          "expected a checkpoint of %s, found one of %s".formatted(trial, checkpoint.trial()));
    }
    TrialTraining training = start(engine, splits, campaign, trial, start);
    training.session.restore(checkpoint.position());
    training.curve = checkpoint.curve();
    training.trainLossSum = checkpoint.trainLossSum();
    training.lastCheckpoint = checkpoint.iteration();
    return training;
  }

  /** Optimizer steps done. */
  public int iteration() {
    return session.iteration();
  }

  /** Optimizer steps of the whole training. */
  public int iterations() {
    return recipe.iterations();
  }

  /** Whether the last iteration is done and measured. */
  public boolean finished() {
    return iteration() == iterations() && isMeasured();
  }

  /**
   * Trains to the next evaluation or checkpoint, at most about a hundred iterations, and measures
   * if that is on the grid. The first slice measures the start. Does nothing once finished.
   *
   * @throws DivergedException if a loss is not finite
   */
  public void slice() {
    if (isMeasured() || !onGrid()) {
      train(Math.min(SLICE_ITERATIONS, nextBoundary() - iteration()));
    }
    if (onGrid() && !isMeasured()) {
      measure();
    }
  }

  /** Whether a checkpoint should be taken now, before the next slice. */
  public boolean checkpointDue() {
    int iteration = iteration();
    return iteration > 0
        && iteration % recipe.checkpointEvery() == 0
        && iteration < iterations()
        && iteration != lastCheckpoint;
  }

  /** The position between two slices. */
  public Checkpoint checkpoint() {
    lastCheckpoint = iteration();
    return new Checkpoint(trial, session.position(), trainLossSum, curve);
  }

  /** A copy of the weights as they are now. */
  public Weights weights() {
    return session.weights();
  }

  /** What was measured so far. */
  public LearningCurve curve() {
    return curve;
  }

  /**
   * The newest measurement.
   *
   * @throws IllegalStateException before the first slice
   */
  public Point lastPoint() {
    List<Point> points = curve.points();
    if (points.isEmpty()) {
      throw new IllegalStateException("expected a measurement, found none before the first slice");
    }
    return points.get(points.size() - 1);
  }

  /** Frees what the training holds on the device. */
  @Override
  public void close() {
    session.close();
  }

  private void train(int steps) {
    trainLossSum += session.advance(steps);
    if (!Double.isFinite(trainLossSum)) {
      throw new DivergedException(iteration(), "the training loss");
    }
  }

  private void measure() {
    Evaluation validation = session.evaluate(splits.validation());
    if (!Double.isFinite(validation.lossNats())) {
      throw new DivergedException(iteration(), "the validation loss");
    }
    Evaluation test = session.evaluate(splits.test());
    curve =
        curve.plus(
            new Point(
                iteration(),
                trainLoss(),
                validation.lossNats(),
                validation.accuracyPercent(),
                test.lossNats(),
                test.accuracyPercent()));
    trainLossSum = 0;
  }

  private OptionalDouble trainLoss() {
    if (curve.points().isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(trainLossSum / (iteration() - lastPoint().iteration()));
  }

  private boolean isMeasured() {
    return !curve.points().isEmpty() && lastPoint().iteration() == iteration();
  }

  private boolean onGrid() {
    return iteration() % recipe.evaluateEvery() == 0 || iteration() == iterations();
  }

  private int nextBoundary() {
    int next = Math.min(next(recipe.evaluateEvery()), next(recipe.checkpointEvery()));
    return Math.min(next, iterations());
  }

  private int next(int every) {
    return (iteration() / every + 1) * every;
  }
}
