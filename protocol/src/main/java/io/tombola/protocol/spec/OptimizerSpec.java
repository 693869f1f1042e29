package io.tombola.protocol.spec;

/**
 * How weights are changed in a step.
 *
 * @param learningRate the step size that the schedule scales, above 0 and at most 10
 * @param momentum the part of the last step that is taken again, in [0, 1); for {@link
 *     Type#MOMENTUM} only
 * @param weightDecay times a prunable weight is added to its gradient; 0 or more
 */
public record OptimizerSpec(
    Type type, double learningRate, double momentum, double weightDecay, ScheduleSpec schedule) {

  /** The optimizers there are. */
  public enum Type {
    /** Adam (Kingma and Ba 2015, with beta 0.9 and 0.999, epsilon 1e-8). */
    ADAM,
    /** Plain stochastic gradient descent. */
    SGD,
    /** Gradient descent with (heavy-ball) momentum. */
    MOMENTUM
  }

  /** Checks the numbers. Events of version 0.1.0 have no schedule: it was constant. */
  public OptimizerSpec {
    schedule = schedule == null ? ScheduleSpec.constant() : schedule;
    momentum = type == Type.MOMENTUM ? momentum : 0;
    ValueRange.LEARNING_RATE.check("training.optimizer.learning-rate", learningRate);
    ValueRange.MOMENTUM.check("training.optimizer.momentum", momentum);
    ValueRange.WEIGHT_DECAY.check("training.optimizer.weight-decay", weightDecay);
  }

  /** An optimizer at a constant rate, without weight decay; momentum is 0.9 where it has one. */
  public OptimizerSpec(Type type, double learningRate) {
    this(type, learningRate, 0.9, 0, ScheduleSpec.constant());
  }
}
