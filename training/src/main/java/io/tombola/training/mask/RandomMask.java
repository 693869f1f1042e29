package io.tombola.training.mask;

import io.tombola.protocol.trial.MaskDensity;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.PrunableLayer;
import io.tombola.training.seed.RandomStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Masks that keep as many weights as another one does, but others. */
public final class RandomMask {

  private RandomMask() {}

  /**
   * As many surviving weights in total as {@code like} has, drawn uniformly among all prunable
   * weights of the network (Frankle and Carbin 2019, section 1: a random mask of equal density).
   */
  public static Mask draw(Mask like, RandomStream stream) {
    Network network = like.network();
    BitSet all = choose(network.prunableCount(), like.density().remaining(), stream);
    List<BitSet> layers = new ArrayList<>();
    int from = 0;
    for (PrunableLayer layer : network.prunableLayers()) {
      layers.add(all.get(from, from + layer.weightCount()));
      from += layer.weightCount();
    }
    return Mask.of(network, layers);
  }

  /**
   * As many surviving weights in each layer as {@code like} has (Frankle et al. 2021, "shuffling").
   */
  public static Mask shuffleLayers(Mask like, RandomStream stream) {
    return drawLayers(like.network(), like.density(), stream);
  }

  /**
   * As many surviving weights in each layer as {@code density} says, drawn uniformly among its
   * weights.
   */
  public static Mask drawLayers(Network network, MaskDensity density, RandomStream stream) {
    List<BitSet> layers = new ArrayList<>();
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      long kept = density.layers().get(l).remaining();
      layers.add(choose(network.prunableLayers().get(l).weightCount(), kept, stream));
    }
    return Mask.of(network, layers);
  }

  private static BitSet choose(int total, long count, RandomStream stream) {
    int[] order = stream.permutation(total);
    BitSet bits = new BitSet(total);
    for (int k = 0; k < count; k++) {
      bits.set(order[k]);
    }
    return bits;
  }
}
