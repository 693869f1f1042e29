package io.tombola.training.engine.dense;

import io.tombola.training.network.Layer;
import io.tombola.training.seed.RandomStream;
import java.util.function.IntFunction;

/** A stage, with the ReLU that follows it, for a fixed number of examples; buffers are reused. */
interface Forward extends AutoCloseable {

  /** What this computes. */
  Layer stage();

  /** Computes the stage as a trained network does; the result is valid until the next call. */
  Activations infer(Activations input);

  /**
   * Computes the stage as a network in training does.
   *
   * @param dropouts what a dropout draws from, by its index in the network
   */
  default Activations train(Activations input, IntFunction<RandomStream> dropouts) {
    return infer(input);
  }

  /** The way back; the caller closes it before this. */
  Backward backward();

  @Override
  default void close() {}
}
