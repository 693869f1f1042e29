package io.tombola.training.mask;

import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;

/** How much it is worth to keep a weight, by what training did to it; the lowest go first. */
@FunctionalInterface
interface WeightScore {

  /** The score of a weight with these values at the start and at the end of a training. */
  double of(float before, float after);

  /**
   * The score of a criterion; weights are to be asked for in the canonical order.
   *
   * @param round from 1; tells the random numbers of rounds apart
   * @throws IllegalArgumentException if the criterion is one that looks at no training
   */
  static WeightScore of(Criterion criterion, Seeds seeds, int round) {
    return switch (criterion) {
      case MAGNITUDE -> (before, after) -> Math.abs(after);
      case MAGNITUDE_INCREASE -> (before, after) -> (double) Math.abs(after) - Math.abs(before);
      case MOVEMENT -> (before, after) -> Math.abs((double) after - before);
      case LARGE_FINAL_SAME_SIGN -> WeightScore::largeFinalSameSign;
      case RANDOM -> random(seeds.stream("random-pruning", round));
      case SNIP, GRASP, SYNFLOW ->
          throw new IllegalArgumentException(
              "expected a criterion for trained weights, found " + criterion);
    };
  }

  /** max(0, before * after / |before|) (Zhou et al. 2019, table 1). */
  private static double largeFinalSameSign(float before, float after) {
    return Math.max(0, Math.signum(before) * after);
  }

  private static WeightScore random(RandomStream stream) {
    return (before, after) -> stream.nextDouble();
  }
}
