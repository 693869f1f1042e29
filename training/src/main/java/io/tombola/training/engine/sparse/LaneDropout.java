package io.tombola.training.engine.sparse;

import io.tombola.training.network.Stage;
import io.tombola.training.seed.RandomStream;

/** Dropout forth and back: values and gradients are multiplied by the same factors. */
final class LaneDropout {

  private final Stage.Dropout stage;
  private final int[] rowOf;
  private final int width;
  private final float[] factors;

  /**
   * A dropout.
   *
   * @param rowOf the row of lanes of each value; -1 where it has none
   * @param rows how many rows there are
   */
  LaneDropout(Stage.Dropout stage, int[] rowOf, int rows, int width) {
    this.stage = stage;
    this.rowOf = rowOf.clone();
    this.width = width;
    factors = Lanes.zeros(rows, width);
  }

  /** Which of the network's dropouts this is. */
  int index() {
    return stage.index();
  }

  /** Draws what to drop, example by example, and drops it from {@code values}. */
  void drop(RandomStream stream, int examples, float[] values) {
    float kept = (float) (1 / (1 - stage.rate()));
    for (int e = 0; e < examples; e++) {
      for (int row : rowOf) {
        float factor = stream.nextDouble() < stage.rate() ? 0 : kept;
        if (row >= 0) {
          factors[Lanes.row(row, width) + e] = factor;
        }
      }
    }
    Lanes.multiply(values, factors);
  }

  /** Multiplies derivatives by what the values were multiplied by. */
  void back(float[] gradient) {
    Lanes.multiply(gradient, factors);
  }
}
