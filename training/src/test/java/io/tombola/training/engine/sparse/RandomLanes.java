package io.tombola.training.engine.sparse;

import io.tombola.training.seed.RandomStream;

/** Rows of lanes to compute with. */
final class RandomLanes {

  private RandomLanes() {}

  /** Values about an eighth from 0. */
  static float[] draw(RandomStream stream, int rows, int width) {
    float[] lanes = Lanes.zeros(rows, width);
    for (int i = Lanes.START; i < lanes.length; i++) {
      lanes[i] = (float) stream.nextGaussian() / 8;
    }
    return lanes;
  }
}
