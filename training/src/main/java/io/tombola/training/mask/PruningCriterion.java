package io.tombola.training.mask;

import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.training.mask.SparsitySchedule.SparsityLevel;
import io.tombola.training.network.Network;
import io.tombola.training.saliency.Batch;
import io.tombola.training.saliency.Saliency;
import io.tombola.training.seed.RandomStream;
import java.util.function.Supplier;

/**
 * Says which weights are removed: those with the lowest scores. What it scores is what {@link
 * Criterion#input} names. Stateless and thread-safe.
 */
sealed interface PruningCriterion {

  /** Scores what a training did to the weights. */
  @FunctionalInterface
  non-sealed interface OfTraining extends PruningCriterion {

    /**
     * A score for each parameter in the canonical layout; only those of weights count.
     *
     * @param random the random numbers of the round
     */
    double[] scores(WeightChange trained, Supplier<RandomStream> random);
  }

  /** Prunes the initialisation, before anything is trained. */
  @FunctionalInterface
  non-sealed interface OfInitialisation extends PruningCriterion {

    /**
     * The mask that keeps what {@code goal} says.
     *
     * @param parameters the initialisation in the canonical layout
     * @param batch examples, the same for all rounds of a replicate
     */
    Mask prune(Network network, double[] parameters, Supplier<Batch> batch, SparsityLevel goal);
  }

  /** The criterion of a campaign. */
  static PruningCriterion of(Criterion criterion) {
    return switch (criterion) {
      case MAGNITUDE -> eachWeight((before, after) -> Math.abs(after));
      case MAGNITUDE_INCREASE ->
          eachWeight((before, after) -> (double) Math.abs(after) - Math.abs(before));
      case MOVEMENT -> eachWeight((before, after) -> Math.abs((double) after - before));
      // max(0, before * after / |before|) (Zhou et al. 2019, table 1)
      case LARGE_FINAL_SAME_SIGN ->
          eachWeight((before, after) -> Math.max(0, Math.signum(before) * after));
      case RANDOM -> atRandom();
      case SNIP -> scoredByBatch(Saliency::snip);
      case GRASP -> scoredByBatch(Saliency::grasp);
      case SYNFLOW -> bySynapticFlow();
    };
  }

  /** The score of a weight by its values at the start and at the end of a training. */
  @FunctionalInterface
  interface WeightScore {
    double of(float before, float after);
  }

  /** The scores of an initialisation by the loss of a batch, in the canonical layout. */
  @FunctionalInterface
  interface BatchScore {
    double[] of(Network network, double[] parameters, Batch batch);
  }

  private static OfTraining eachWeight(WeightScore score) {
    return (trained, random) -> scores(trained, score);
  }

  private static OfTraining atRandom() {
    return (trained, random) -> {
      RandomStream stream = random.get();
      return scores(trained, (before, after) -> stream.nextDouble());
    };
  }

  private static OfInitialisation bySynapticFlow() {
    return (network, parameters, batch, goal) ->
        SynapticFlowPruning.prune(network, parameters, goal);
  }

  private static OfInitialisation scoredByBatch(BatchScore score) {
    return (network, parameters, batch, goal) ->
        LowestScores.remove(Mask.ones(network), score.of(network, parameters, batch.get()), goal);
  }

  private static double[] scores(WeightChange trained, WeightScore score) {
    Network network = trained.network();
    float[] before = trained.before().toArray();
    float[] after = trained.after().toArray();
    double[] scores = new double[network.parameterCount()];
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      for (int i = network.weightOffset(l); i < network.biasOffset(l); i++) {
        scores[i] = score.of(before[i], after[i]);
      }
    }
    return scores;
  }
}
