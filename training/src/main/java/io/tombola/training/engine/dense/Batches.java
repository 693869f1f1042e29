package io.tombola.training.engine.dense;

import io.tombola.training.data.Split;
import io.tombola.training.engine.BatchSampler;

/** The examples of each iteration. Not thread-safe. */
final class Batches {

  private final Split train;
  private final BatchSampler order;
  private final int[] positions;

  Batches(Split train, BatchSampler order) {
    this.train = train;
    this.order = order;
    positions = new int[order.batchSize()];
  }

  /** Gathers the images and labels of an iteration, counted from 0. */
  void gather(int iteration, int values, float[] images, int[] labels) {
    order.read(iteration, positions);
    for (int b = 0; b < positions.length; b++) {
      train.gather(positions[b], images, b * values);
      labels[b] = train.label(positions[b]);
    }
  }
}
