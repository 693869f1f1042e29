package io.tombola.training.start;

import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Weights;

/**
 * Where one training starts; the mask is applied to weights and moments when the training starts.
 *
 * @param position values under the mask's zeros are ignored
 */
public record StartingPoint(TrainingPosition position, Mask mask) {

  /** A start at iteration 0 with a fresh optimizer. */
  public static StartingPoint fresh(Weights weights, Mask mask) {
    return new StartingPoint(new TrainingPosition(0, weights, OptimizerState.FRESH), mask);
  }

  /** The weights before the mask is applied to them. */
  public Weights weights() {
    return position.weights();
  }
}
