package io.tombola.training.engine.dense;

import io.tombola.training.network.Layer;
import io.tombola.training.seed.RandomStream;
import java.util.function.IntFunction;

/** A layer for a fixed number of examples, with its ReLU if it has one; buffers are reused. */
interface LayerForward extends AutoCloseable {

  /** The layer that this computes. */
  Layer layer();

  /** Whether the output overwrites the input. */
  default boolean inPlace() {
    return false;
  }

  /** Computes the layer as a trained network does; the result is valid until the next call. */
  Activations infer(Activations input);

  /**
   * Computes the layer as a network in training does.
   *
   * @param dropouts what a dropout draws from, by its index in the network
   */
  default Activations train(Activations input, IntFunction<RandomStream> dropouts) {
    return infer(input);
  }

  /** The backward pass of this layer; the caller closes it before this. */
  LayerBackward backward();

  @Override
  default void close() {}
}
