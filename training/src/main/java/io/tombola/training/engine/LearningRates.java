package io.tombola.training.engine;

import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;

/**
 * The learning rate of each iteration.
 *
 * @param heldAt where set, the iteration whose rate all iterations have; -1 where not
 */
public record LearningRates(OptimizerSpec optimizer, int heldAt) {

  private static final int NOT_HELD = -1;

  /** The schedule's rates. */
  public static LearningRates of(OptimizerSpec optimizer) {
    return new LearningRates(optimizer, NOT_HELD);
  }

  /** The rate that the schedule ends with, throughout. */
  public static LearningRates last(OptimizerSpec optimizer, int iterations) {
    return new LearningRates(optimizer, iterations - 1);
  }

  /** The rate of the step from {@code iteration} (from 0) to the next. */
  public double at(int iteration) {
    int at = heldAt == NOT_HELD ? iteration : heldAt;
    ScheduleSpec schedule = optimizer.schedule();
    int passed = 0;
    for (int m = 0; m < schedule.milestones().size(); m++) {
      passed += schedule.milestones().get(m) <= at ? 1 : 0;
    }
    double warm = at < schedule.warmUp() ? (at + 1.0) / schedule.warmUp() : 1;
    return optimizer.learningRate() * StrictMath.pow(schedule.factor(), passed) * warm;
  }
}
