package io.tombola.training;

/** A training whose loss is no longer a finite number. */
public final class DivergedException extends RuntimeException {

  private final int iteration;

  /**
   * Reports a divergence.
   *
   * @param iteration optimizer steps done
   * @param what what is not finite, such as {@code the training loss}
   */
  public DivergedException(int iteration, String what) {
    super(
        "expected a finite number for %s, found none after %d iterations; lower the learning rate"
            .formatted(what, iteration));
    this.iteration = iteration;
  }

  /** Optimizer steps done. */
  public int iteration() {
    return iteration;
  }
}
