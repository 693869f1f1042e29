package io.tombola.training.mask;

import io.tombola.protocol.spec.PruningSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.mask.PruningCriterion.OfInitialisation;
import io.tombola.training.mask.PruningCriterion.OfTraining;
import io.tombola.training.mask.SparsitySchedule.SparsityLevel;
import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;
import io.tombola.training.saliency.Batch;
import io.tombola.training.seed.Seeds;

/**
 * The masks of a replicate's rounds. Counts are exact and known beforehand ({@link
 * SparsitySchedule}); which weights are removed is a pure function of the arguments.
 */
public final class Pruning {

  private Pruning() {}

  /**
   * The mask of a round, from the training of the round before (Frankle and Carbin 2019, section
   * 2); it keeps nothing that {@code current} does not.
   *
   * @param round from 1
   * @param current the mask of the round before
   * @param trained what training did under it; only its surviving weights count
   * @throws IllegalArgumentException if the weights are of another network, or the criterion scores
   *     the initialisation
   */
  public static Mask next(
      PruningSpec spec, Seeds seeds, int round, Mask current, WeightChange trained) {
    if (!trained.network().equals(current.network())) {
      throw new IllegalArgumentException(
          "expected weights of %s, found %s"
              .formatted(current.network().name(), trained.network().name()));
    }
    SparsityLevel level =
        SparsitySchedule.below(spec, current.network(), SparsityLevel.of(current.density()));
    return LowestScores.remove(current, scores(spec, seeds, round, trained), level);
  }

  /**
   * A mask that keeps as many weights as level {@code round} of the sparsity schedule, all chosen
   * at once from the training of the dense network.
   *
   * @param round from 1
   * @throws IllegalArgumentException if the criterion scores the initialisation
   */
  public static Mask oneShot(PruningSpec spec, Seeds seeds, int round, WeightChange dense) {
    Mask ones = Mask.ones(dense.network());
    SparsityLevel level = SparsitySchedule.of(spec, dense.network()).get(round);
    return LowestScores.remove(ones, scores(spec, seeds, round, dense), level);
  }

  /**
   * A mask that keeps as many weights as level {@code round} of the sparsity schedule, made before
   * anything is trained; rounds of a replicate share one batch.
   *
   * @param round from 1
   * @throws IllegalArgumentException if the criterion scores trained weights
   */
  public static Mask atInitialisation(
      PruningSpec spec, Seeds seeds, int round, Weights theta0, DataSplits splits) {
    if (!(PruningCriterion.of(spec.criterion()) instanceof OfInitialisation criterion)) {
      throw new IllegalArgumentException(
          "expected a criterion for the initialisation, found " + spec.criterion());
    }
    Network network = theta0.network();
    SparsityLevel level = SparsitySchedule.of(spec, network).get(round);
    return criterion.prune(
        network, doubles(theta0.toArray()), () -> Batch.draw(splits, seeds), level);
  }

  private static double[] scores(PruningSpec spec, Seeds seeds, int round, WeightChange trained) {
    if (!(PruningCriterion.of(spec.criterion()) instanceof OfTraining criterion)) {
      throw new IllegalArgumentException(
          "expected a criterion for trained weights, found " + spec.criterion());
    }
    return criterion.scores(trained, () -> seeds.stream("random-pruning", round));
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
