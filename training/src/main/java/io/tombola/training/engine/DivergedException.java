package io.tombola.training.engine;

import java.util.Optional;

/** A training with a number that is no longer finite. */
public final class DivergedException extends RuntimeException {

  private final int iteration;
  private final Optional<String> layer;

  /**
   * Reports a divergence.
   *
   * @param iteration optimizer steps done before it showed
   * @param what what is not finite, such as {@code the training loss}
   * @param layer the first layer, from input to output, with a number that is not finite: among its
   *     weights or its activations
   */
  public DivergedException(int iteration, String what, Optional<String> layer) {
    super(
        "expected a finite number for %s, found none after %d iterations%s; lower the learning rate"
            .formatted(what, iteration, layer.map(name -> ", first in " + name).orElse("")));
    this.iteration = iteration;
    this.layer = layer;
  }

  /** Optimizer steps done. */
  public int iteration() {
    return iteration;
  }

  /** The first layer that has a number that is not finite, by its name in the network. */
  public Optional<String> layer() {
    return layer;
  }
}
