package io.tombola.training.engine.dl4j;

import io.tombola.training.data.Split;
import io.tombola.training.engine.DataOrder;

/**
 * Which examples each iteration sees: every epoch is a permutation of its own, cut into batches; a
 * short last batch is dropped. A function of the iteration alone. Not thread-safe.
 */
final class Batches {

  private final Split train;
  private final DataOrder dataOrder;
  private final int batchSize;
  private final int batchesPerEpoch;
  private int epoch = -1;
  private int[] order = {};

  Batches(Split train, DataOrder dataOrder, int batchSize) {
    if (batchSize > train.size()) {
      throw new IllegalArgumentException(
          "training.batch-size: expected at most the %d training examples, found %d"
              .formatted(train.size(), batchSize));
    }
    this.train = train;
    this.dataOrder = dataOrder;
    this.batchSize = batchSize;
    this.batchesPerEpoch = train.size() / batchSize;
  }

  /** Gathers the images and labels of an iteration, counted from 0. */
  void gather(int iteration, int values, float[] images, int[] labels) {
    int wanted = iteration / batchesPerEpoch;
    if (wanted != epoch) {
      order = dataOrder.permutation(wanted, train.size());
      epoch = wanted;
    }
    int first = iteration % batchesPerEpoch * batchSize;
    for (int b = 0; b < batchSize; b++) {
      int position = order[first + b];
      train.gather(position, images, b * values);
      labels[b] = train.label(position);
    }
  }
}
