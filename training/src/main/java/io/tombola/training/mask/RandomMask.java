package io.tombola.training.mask;

import io.tombola.protocol.trial.MaskDensity;
import io.tombola.training.network.Network;
import io.tombola.training.seed.RandomStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The random control: as many survivors in each layer as a ticket has, anywhere in the layer. */
public final class RandomMask {

  private RandomMask() {}

  /** A mask with the same number of survivors in each layer as {@code like}. */
  public static Mask draw(Network network, MaskDensity like, RandomStream stream) {
    if (like.layers().size() != network.layers().size()) {
      throw new IllegalArgumentException("expected a density of " + network.name());
    }
    List<BitSet> layers = new ArrayList<>();
    for (int l = 0; l < network.layers().size(); l++) {
      int total = network.layers().get(l).weightCount();
      int[] order = stream.permutation(total);
      BitSet bits = new BitSet(total);
      for (int k = 0; k < like.layers().get(l).remaining(); k++) {
        bits.set(order[k]);
      }
      layers.add(bits);
    }
    return Mask.of(network, layers);
  }

  /** A mask with the same number of survivors in each layer as {@code like}. */
  public static Mask draw(Network network, Mask like, RandomStream stream) {
    return draw(network, like.density(), stream);
  }
}
