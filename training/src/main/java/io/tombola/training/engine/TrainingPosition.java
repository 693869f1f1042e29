package io.tombola.training.engine;

import io.tombola.training.network.Weights;
import java.util.Arrays;

/**
 * Everything that decides how a training goes on; the iteration alone is the position in the data
 * order. Immutable.
 */
public final class TrainingPosition {

  private final int iteration;
  private final Weights weights;
  private final float[] firstMoments;
  private final float[] secondMoments;

  /**
   * Copies the moments.
   *
   * @param iteration optimizer steps done
   * @param firstMoments Adam's m, in the canonical layout
   * @param secondMoments Adam's v, in the canonical layout
   */
  public TrainingPosition(
      int iteration, Weights weights, float[] firstMoments, float[] secondMoments) {
    int parameters = weights.network().parameterCount();
    if (iteration < 0 || firstMoments.length != parameters || secondMoments.length != parameters) {
      throw new IllegalArgumentException(
          "expected an iteration of 0 or more and 2 x %d moments, found %d and %d + %d"
              .formatted(parameters, iteration, firstMoments.length, secondMoments.length));
    }
    this.iteration = iteration;
    this.weights = weights;
    this.firstMoments = firstMoments.clone();
    this.secondMoments = secondMoments.clone();
  }

  /** Optimizer steps done. */
  public int iteration() {
    return iteration;
  }

  /** The parameters. */
  public Weights weights() {
    return weights;
  }

  /** A copy of Adam's m. */
  public float[] firstMoments() {
    return firstMoments.clone();
  }

  /** A copy of Adam's v. */
  public float[] secondMoments() {
    return secondMoments.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrainingPosition that
        && iteration == that.iteration
        && weights.equals(that.weights)
        && Arrays.equals(firstMoments, that.firstMoments)
        && Arrays.equals(secondMoments, that.secondMoments);
  }

  @Override
  public int hashCode() {
    return 31 * weights.hashCode() + iteration;
  }

  @Override
  public String toString() {
    return "TrainingPosition[iteration " + iteration + "]";
  }
}
