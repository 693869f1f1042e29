package io.tombola.training.engine;

import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;

/**
 * The randomness of a training: in which order it sees the examples, and what dropout drops. A
 * function of the position alone.
 *
 * @param seeds the replicate's
 * @param copy 0 for the order of all arms; 1, 2, ... for copies under an order of their own
 */
public record DataOrder(Seeds seeds, int copy) {

  /** The order of {@code examples} training examples in an epoch, counted from 0. */
  public int[] permutation(int epoch, int examples) {
    return copy == 0
        ? seeds.dataOrder(epoch, examples)
        : seeds.stream("data-order-of-copy", epoch, copy).permutation(examples);
  }

  /**
   * What a dropout drops in an iteration, counted from 0.
   *
   * @param dropout its index in the network
   */
  public RandomStream dropout(int iteration, int dropout) {
    return seeds.stream("dropout", iteration, dropout, copy);
  }
}
