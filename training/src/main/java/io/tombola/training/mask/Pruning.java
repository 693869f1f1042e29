package io.tombola.training.mask;

import io.tombola.protocol.spec.PruningSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.mask.SparsitySchedule.SparsityLevel;
import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;
import io.tombola.training.saliency.Batch;
import io.tombola.training.saliency.Saliency;
import io.tombola.training.seed.Seeds;

/**
 * The masks of a replicate's rounds. Counts are exact and known beforehand ({@link
 * SparsitySchedule}); which weights go is a pure function of the arguments.
 */
public final class Pruning {

  private Pruning() {}

  /**
   * The mask of a round, from the training of the round before (Frankle and Carbin 2019, section
   * 2); it keeps nothing that {@code current} does not.
   *
   * @param round from 1
   * @param current the mask of the round before
   * @param trained what training did under it; only its survivors count
   * @throws IllegalArgumentException if the weights are of another network, or the criterion scores
   *     the initialisation
   */
  public static Mask next(
      PruningSpec spec, Seeds seeds, int round, Mask current, WeightChange trained) {
    SparsityLevel rung =
        SparsitySchedule.below(spec, current.network(), SparsityLevel.of(current.density()));
    return LowestScores.remove(current, scores(spec, seeds, round, current, trained), rung);
  }

  /**
   * A mask that keeps as many weights as the {@code round}-th of the ladder does, all chosen at
   * once from the training of the dense network.
   *
   * @param round from 1
   * @throws IllegalArgumentException if the weights are of different networks, or the criterion
   *     scores the initialisation
   */
  public static Mask oneShot(PruningSpec spec, Seeds seeds, int round, WeightChange dense) {
    Mask ones = Mask.ones(dense.after().network());
    SparsityLevel rung = SparsitySchedule.of(spec, ones.network()).get(round);
    return LowestScores.remove(ones, scores(spec, seeds, round, ones, dense), rung);
  }

  /**
   * A mask that keeps as many weights as the {@code round}-th of the ladder does, made before
   * anything is trained; rounds of a replicate share one batch.
   *
   * @param round from 1
   * @throws IllegalArgumentException if the criterion scores trained weights
   */
  public static Mask atInitialisation(
      PruningSpec spec, Seeds seeds, int round, Weights theta0, DataSplits splits) {
    Network network = theta0.network();
    SparsityLevel rung = SparsitySchedule.of(spec, network).get(round);
    double[] parameters = doubles(theta0.toArray());
    return switch (spec.criterion()) {
      case SNIP -> {
        Batch batch = Batch.draw(splits, seeds);
        yield lowest(network, Saliency.snip(network, parameters, batch), rung);
      }
      case GRASP -> {
        Batch batch = Batch.draw(splits, seeds);
        yield lowest(network, Saliency.grasp(network, parameters, batch), rung);
      }
      case SYNFLOW -> SynapticFlowPruning.prune(network, parameters, rung);
      case MAGNITUDE, MAGNITUDE_INCREASE, MOVEMENT, LARGE_FINAL_SAME_SIGN, RANDOM ->
          throw new IllegalArgumentException(
              "expected a criterion for the initialisation, found " + spec.criterion());
    };
  }

  private static Mask lowest(Network network, double[] scores, SparsityLevel rung) {
    return LowestScores.remove(Mask.ones(network), scores, rung);
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static double[] scores(
      PruningSpec spec, Seeds seeds, int round, Mask current, WeightChange trained) {
    Network network = current.network();
    float[] before = values(trained.before(), network);
    float[] after = values(trained.after(), network);
    WeightScore score = WeightScore.of(spec.criterion(), seeds, round);
    double[] scores = new double[network.parameterCount()];
    for (int l = 0; l < network.layers().size(); l++) {
      for (int i = network.weightOffset(l); i < network.biasOffset(l); i++) {
        scores[i] = score.of(before[i], after[i]);
      }
    }
    return scores;
  }

  private static float[] values(Weights weights, Network network) {
    if (!weights.network().equals(network)) {
      throw new IllegalArgumentException(
          "expected weights of %s, found %s".formatted(network.name(), weights.network().name()));
    }
    return weights.toArray();
  }
}
