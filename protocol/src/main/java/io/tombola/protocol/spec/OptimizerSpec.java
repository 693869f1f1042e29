package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

/**
 * How weights move.
 *
 * @param type {@code adam} (Kingma and Ba 2015, with beta 0.9 and 0.999, epsilon 1e-8)
 * @param learningRate constant step size, above 0 and at most 1
 */
public record OptimizerSpec(Type type, double learningRate) {

  /** The optimizers there are. */
  public enum Type {
    /** Adam. */
    ADAM
  }

  /** Checks the learning rate. */
  public OptimizerSpec {
    require(
        learningRate > 0 && learningRate <= 1,
        "training.optimizer.learning-rate",
        "a number above 0, at most 1",
        learningRate);
  }
}
