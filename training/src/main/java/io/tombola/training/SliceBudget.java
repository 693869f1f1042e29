package io.tombola.training;

import io.tombola.training.network.Network;

/** The work that a trainer does between two messages; it changes no result. */
final class SliceBudget {

  /** About how many multiplications a slice has: some tenths of a second on one core. */
  static final long MULTIPLICATIONS = 6_000_000_000L;

  private static final int MAX_ITERATIONS = 100;

  /** Forward, backward to the input, and the gradient of the weights. */
  private static final int PASSES = 3;

  private SliceBudget() {}

  /** Optimizer steps of a slice, at least 1. */
  static int iterations(Network network, int batchSize) {
    long step = (long) PASSES * batchSize * network.multiplications();
    return (int) Math.max(1, Math.min(MAX_ITERATIONS, MULTIPLICATIONS / step));
  }
}
