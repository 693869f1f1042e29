package io.tombola.training;

import io.tombola.training.network.Network;

/** How much a trainer does before it looks at its messages again; changes no result. */
final class SliceBudget {

  /** Multiplications of a slice, about: some tenths of a second on one core. */
  static final long MULTIPLICATIONS = 6_000_000_000L;

  private static final int MOST_ITERATIONS = 100;

  /** Forward, backward to the input, and the gradient of the weights. */
  private static final int PASSES = 3;

  private SliceBudget() {}

  /** Optimizer steps of a slice, at least 1. */
  static int iterations(Network network, int batchSize) {
    long step = (long) PASSES * batchSize * network.multiplications();
    return (int) Math.max(1, Math.min(MOST_ITERATIONS, MULTIPLICATIONS / step));
  }
}
