package io.tombola.training.engine.dense;

import java.util.List;
import java.util.Optional;

/** The gradients of a layer, after {@link LayerForward#train} has run; buffers are reused. */
interface LayerBackward extends AutoCloseable {

  /**
   * Computes the gradients by the layer's parameters and by its input.
   *
   * @param gradient by the layer's output; may be changed
   * @param below where the gradient by its input goes; empty where nothing needs it
   */
  void run(Activations gradient, Optional<Activations> below);

  /** The layer's parameters, with the gradients that {@link #run} computed. */
  default List<ParameterGroup> trained() {
    return List.of();
  }

  @Override
  default void close() {}
}
