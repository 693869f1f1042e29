package io.tombola.training.engine.sparse;

import io.tombola.training.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parameters that train are in arrays without pruned weights: layer after layer the
 * surviving weights, then the biases, each range at a start that suits vectors. Immutable.
 */
final class CompactLayout {

  /** Parameters that lie side by side here, wherever they are in the canonical layout. */
  static final class Range {

    /** The range of parameters whose place is not known yet; reading one there fails. */
    static final Range UNKNOWN = new Range(-1, new int[0]);

    private final int at;
    private final int[] canonical;

    Range(int at, int[] canonical) {
      this.at = at;
      this.canonical = canonical;
    }

    /** Where the first is. */
    int at() {
      return at;
    }

    /** The place after the last. */
    int end() {
      return at + canonical.length;
    }

    int count() {
      return canonical.length;
    }

    /** Whether all these parameters are finite. */
    boolean finite(float[] parameters) {
      for (int i = at; i < end(); i++) {
        if (!Float.isFinite(parameters[i])) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Range> weights = new ArrayList<>();
  private final List<Range> biases = new ArrayList<>();
  private final int length;

  /** Lays out a network with these surviving weights in each layer. */
  CompactLayout(Network network, List<SparseWeights> layers) {
    int at = Lanes.START;
    for (int l = 0; l < layers.size(); l++) {
      weights.add(new Range(at, layers.get(l).canonical));
      at = padded(weights.get(l).end());
      int[] places = new int[network.prunableLayers().get(l).outputs()];
      for (int u = 0; u < places.length; u++) {
        places[u] = network.biasOffset(l) + u;
      }
      biases.add(new Range(at, places));
      at = padded(biases.get(l).end());
    }
    length = at;
  }

  private static int padded(int end) {
    int block = Kernels.SUMMED_LANES;
    return Lanes.START + (end - Lanes.START + block - 1) / block * block;
  }

  /** The surviving weights of a layer, from 0. */
  Range weights(int layer) {
    return weights.get(layer);
  }

  /** The biases of a layer, from 0. */
  Range biases(int layer) {
    return biases.get(layer);
  }

  /** Length of an array. */
  int length() {
    return length;
  }

  /** Copies an array of this layout into one of the canonical layout. */
  void spread(float[] compact, float[] canonical) {
    for (List<Range> ranges : List.of(weights, biases)) {
      for (Range range : ranges) {
        for (int i = 0; i < range.count(); i++) {
          canonical[range.canonical[i]] = compact[range.at + i];
        }
      }
    }
  }

  /** Copies an array of the canonical layout into one of this layout. */
  void collect(float[] canonical, float[] compact) {
    for (List<Range> ranges : List.of(weights, biases)) {
      for (Range range : ranges) {
        for (int i = 0; i < range.count(); i++) {
          compact[range.at + i] = canonical[range.canonical[i]];
        }
      }
    }
  }
}
