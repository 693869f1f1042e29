package io.tombola.training.mask;

import io.tombola.protocol.trial.MaskDensity;
import io.tombola.training.mask.SparsitySchedule.SparsityLevel;
import io.tombola.training.network.Network;
import io.tombola.training.saliency.Saliency;
import java.util.BitSet;
import java.util.Optional;

/**
 * Pruning by synaptic flow in small steps, scored anew after each: step k of n keeps the density to
 * the power of k / n, and so no layer goes before the others are as thin (Tanaka et al. 2020,
 * algorithm 1).
 */
final class SynapticFlowPruning {

  private static final int STEPS = 100;

  private SynapticFlowPruning() {}

  /**
   * The mask that keeps what {@code goal} says.
   *
   * @param parameters the initialisation, in the canonical layout
   */
  static Mask prune(Network network, double[] parameters, SparsityLevel goal) {
    Mask mask = Mask.ones(network);
    double[] remaining = parameters.clone();
    for (int step = 1; step <= STEPS; step++) {
      double[] scores = Saliency.synapticFlow(network, remaining);
      mask = LowestScores.remove(mask, scores, partOfTheWay(goal, step / (double) STEPS));
      clearPruned(mask, remaining);
    }
    return mask;
  }

  private static SparsityLevel partOfTheWay(SparsityLevel goal, double part) {
    Optional<MaskDensity> layers =
        goal.layers()
            .map(
                density ->
                    new MaskDensity(
                        density.layers().stream()
                            .map(layer -> partOfTheWay(layer, part))
                            .toList()));
    return layers
        .map(SparsityLevel::of)
        .orElseGet(
            () ->
                new SparsityLevel(
                    partOfTheWay(goal.remaining(), goal.total(), part),
                    goal.total(),
                    Optional.empty()));
  }

  private static MaskDensity.Layer partOfTheWay(MaskDensity.Layer goal, double part) {
    long remaining = partOfTheWay(goal.remaining(), goal.total(), part);
    return new MaskDensity.Layer(goal.name(), remaining, goal.total());
  }

  private static long partOfTheWay(long remaining, long total, double part) {
    return Math.round(total * StrictMath.pow(remaining / (double) total, part));
  }

  private static void clearPruned(Mask mask, double[] parameters) {
    Network network = mask.network();
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      BitSet bits = mask.bits(l);
      int count = network.prunableLayers().get(l).weightCount();
      for (int i = bits.nextClearBit(0); i < count; i = bits.nextClearBit(i + 1)) {
        parameters[network.weightOffset(l) + i] = 0;
      }
    }
  }
}
