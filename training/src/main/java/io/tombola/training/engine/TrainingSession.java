package io.tombola.training.engine;

import io.tombola.training.data.Split;
import io.tombola.training.network.Weights;

/**
 * One training in progress. A pruned weight and its moments are exactly 0.0 after every step.
 * Confined to its engine's thread; the caller that opened it closes it.
 */
public interface TrainingSession extends AutoCloseable {

  /** Optimizer steps done. */
  int iteration();

  /**
   * Does {@code steps} optimizer steps.
   *
   * @throws DivergedException at the first step whose loss is not finite, before its update; it
   *     names the first layer whose weights, or whose activations on that step's batch, are not
   *     finite
   * @return the sum of the steps' losses, each the mean cross entropy of its batch in nats before
   *     the step
   */
  double advance(int steps);

  /** Starts to measure loss and accuracy on a split of the session's data. */
  Measurement measure(Split split);

  /** Measures loss and accuracy on a split of the session's data, all of it at once. */
  default Evaluation evaluate(Split split) {
    Measurement measurement = measure(split);
    while (!measurement.done()) {
      measurement.next();
    }
    return measurement.result();
  }

  /** A copy of the parameters. */
  Weights weights();

  /** A copy of everything that determines how the training continues. */
  TrainingPosition position();

  /** Continues from a position of the same training. */
  void restore(TrainingPosition position);

  /** Frees what the session holds on the device. */
  @Override
  void close();
}
