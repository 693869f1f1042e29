package io.tombola.training.engine;

import java.util.Arrays;
import java.util.List;

/**
 * What an optimizer remembers between steps. Immutable.
 *
 * <p>Its moments are arrays in the canonical layout: Adam has m and v, momentum has its velocity,
 * plain gradient descent has none.
 */
public final class OptimizerState {

  /** The state before the first step, of any optimizer. */
  public static final OptimizerState FRESH = new OptimizerState(0, List.of());

  private final int steps;
  private final List<float[]> moments;

  /**
   * Copies the moments.
   *
   * @param steps optimizer steps done since the moments were zero
   * @param moments none stands for zeros
   */
  public OptimizerState(int steps, List<float[]> moments) {
    if (steps < 0) {
      throw new IllegalArgumentException("expected 0 or more steps, found " + steps);
    }
    this.steps = steps;
    this.moments = moments.stream().map(float[]::clone).toList();
  }

  /** Optimizer steps done since the moments were zero. */
  public int steps() {
    return steps;
  }

  /** Copies of the moments; empty for zeros. */
  public List<float[]> moments() {
    return moments.stream().map(float[]::clone).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OptimizerState that
        && steps == that.steps
        && Arrays.deepEquals(moments.toArray(), that.moments.toArray());
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.deepHashCode(moments.toArray()) + steps;
  }

  @Override
  public String toString() {
    return "OptimizerState[" + steps + " steps, " + moments.size() + " moments]";
  }
}
