package io.tombola.training.engine;

/**
 * Which examples each iteration sees: every epoch is a permutation of its own, cut into batches; a
 * short last batch is dropped. A function of the iteration alone. Not thread-safe.
 */
public final class BatchSampler {

  private final DataOrder dataOrder;
  private final int examples;
  private final int batchSize;
  private final int batchesPerEpoch;
  private int epoch = -1;
  private int[] order = {};

  /**
   * Orders training examples.
   *
   * @param examples how many there are
   * @throws IllegalArgumentException if a batch has more
   */
  public BatchSampler(DataOrder dataOrder, int examples, int batchSize) {
    if (batchSize > examples) {
      throw new IllegalArgumentException(
          "training.batch-size: expected at most the %d training examples, found %d"
              .formatted(examples, batchSize));
    }
    this.dataOrder = dataOrder;
    this.examples = examples;
    this.batchSize = batchSize;
    this.batchesPerEpoch = examples / batchSize;
  }

  /** Examples in a batch. */
  public int batchSize() {
    return batchSize;
  }

  /** Puts the positions of an iteration's examples, counted from 0, into {@code positions}. */
  public void read(int iteration, int[] positions) {
    int wanted = iteration / batchesPerEpoch;
    if (wanted != epoch) {
      order = dataOrder.permutation(wanted, examples);
      epoch = wanted;
    }
    System.arraycopy(order, iteration % batchesPerEpoch * batchSize, positions, 0, batchSize);
  }
}
