package io.tombola.training.engine;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.TrainingSpec;

/**
 * The learning rate of each iteration.
 *
 * @param heldAt the iteration whose rate all iterations have; -1 if each has its own
 */
public record LearningRates(TrainingSpec training, int heldAt) {

  private static final int NOT_HELD = -1;

  /** The schedule's rates. */
  public static LearningRates of(TrainingSpec training) {
    return new LearningRates(training, NOT_HELD);
  }

  /** The rate of the schedule's last iteration, throughout. */
  public static LearningRates last(TrainingSpec training) {
    return new LearningRates(training, training.iterations() - 1);
  }

  /** The rate of the step from {@code iteration} (from 0) to the next. */
  public double at(int iteration) {
    OptimizerSpec optimizer = training.optimizer();
    int at = heldAt == NOT_HELD ? iteration : heldAt;
    return optimizer.schedule().rate(optimizer.learningRate(), at, training.iterations());
  }
}
