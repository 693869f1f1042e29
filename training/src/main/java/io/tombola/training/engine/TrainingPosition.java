package io.tombola.training.engine;

import io.tombola.training.network.Weights;

/**
 * Everything that determines how a training continues; the iteration alone is the position in the
 * data order and in the learning-rate schedule.
 *
 * @param iteration optimizer steps that schedule and data order count as done
 * @param weights all parameters
 */
public record TrainingPosition(int iteration, Weights weights, OptimizerState optimizer) {

  /** Checks that all of it is of one network. */
  public TrainingPosition {
    int parameters = weights.network().parameterCount();
    if (iteration < 0 || optimizer.moments().stream().anyMatch(m -> m.length != parameters)) {
      throw new IllegalArgumentException(
          "expected an iteration of 0 or more and moments of %d values, found iteration %d and %s"
              .formatted(parameters, iteration, optimizer));
    }
  }
}
