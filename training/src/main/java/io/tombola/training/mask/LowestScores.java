package io.tombola.training.mask;

import io.tombola.protocol.trial.MaskDensity;
import io.tombola.training.mask.Ladder.Rung;
import io.tombola.training.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Removes survivors with the lowest scores, equal scores by the lowest canonical index. The order
 * is total: -0.0 equals 0.0, and NaN comes after everything else.
 */
final class LowestScores {

  private LowestScores() {}

  /**
   * The mask that keeps what {@code rung} says and nothing that {@code current} does not.
   *
   * @param scores one for each parameter in the canonical layout; only those of survivors count
   */
  static Mask remove(Mask current, double[] scores, Rung rung) {
    return rung.layers()
        .map(density -> inEachLayer(current, scores, density))
        .orElseGet(() -> inWholeNetwork(current, scores, rung.remaining()));
  }

  private static Mask inEachLayer(Mask current, double[] scores, MaskDensity kept) {
    Network network = current.network();
    List<BitSet> layers = new ArrayList<>();
    for (int l = 0; l < network.layers().size(); l++) {
      BitSet bits = current.bits(l);
      long removed = bits.cardinality() - kept.layers().get(l).remaining();
      clearLowest(List.of(bits), List.of(network.weightOffset(l)), scores, removed);
      layers.add(bits);
    }
    return Mask.of(network, layers);
  }

  private static Mask inWholeNetwork(Mask current, double[] scores, long kept) {
    Network network = current.network();
    List<BitSet> layers = new ArrayList<>();
    List<Integer> offsets = new ArrayList<>();
    for (int l = 0; l < network.layers().size(); l++) {
      layers.add(current.bits(l));
      offsets.add(network.weightOffset(l));
    }
    clearLowest(layers, offsets, scores, current.density().remaining() - kept);
    return Mask.of(network, layers);
  }

  /** Clears {@code removed} bits of all the sets together, whose scores start at the offsets. */
  private static void clearLowest(
      List<BitSet> sets, List<Integer> offsets, double[] scores, long removed) {
    if (removed <= 0) {
      return;
    }
    double[] sorted = survivors(sets, offsets, scores);
    Arrays.sort(sorted);
    double threshold = sorted[(int) removed - 1];
    long ties = removed;
    for (int k = 0; k < removed && Double.compare(sorted[k], threshold) < 0; k++) {
      ties--;
    }
    for (int s = 0; s < sets.size(); s++) {
      BitSet bits = sets.get(s);
      for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
        int order = Double.compare(positiveZero(scores[offsets.get(s) + i]), threshold);
        if (order < 0 || (order == 0 && ties-- > 0)) {
          bits.clear(i);
        }
      }
    }
  }

  private static double[] survivors(List<BitSet> sets, List<Integer> offsets, double[] scores) {
    double[] survivors = new double[sets.stream().mapToInt(BitSet::cardinality).sum()];
    int count = 0;
    for (int s = 0; s < sets.size(); s++) {
      BitSet bits = sets.get(s);
      for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
        survivors[count++] = positiveZero(scores[offsets.get(s) + i]);
      }
    }
    return survivors;
  }

  private static double positiveZero(double score) {
    return score + 0.0;
  }
}
