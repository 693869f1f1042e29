package io.tombola.training.mask;

import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Rates;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.Kind;
import io.tombola.training.network.Weights;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Layer-wise magnitude pruning (Frankle and Carbin 2019, section 2): in each layer the given
 * fraction of the survivors goes, smallest final magnitude first, equal magnitudes by lowest index.
 */
public final class MagnitudePruning {

  private MagnitudePruning() {}

  /**
   * The next round's mask; it keeps nothing that {@code current} does not.
   *
   * @param trained the weights at the end of the round
   * @param current the round's mask
   */
  public static Mask prune(Weights trained, Mask current, PruningSpec spec) {
    Network network = current.network();
    if (!trained.network().equals(network)) {
      throw new IllegalArgumentException(
          "expected weights of %s, found %s".formatted(network.name(), trained.network().name()));
    }
    float[] values = trained.toArray();
    List<BitSet> layers = new ArrayList<>();
    for (int l = 0; l < network.layers().size(); l++) {
      BitSet bits = current.bits(l);
      double rate = rate(network.layers().get(l).kind(), spec.rates());
      int removed = removedCount(rate, bits.cardinality());
      clearSmallest(bits, values, network.weightOffset(l), removed);
      layers.add(bits);
    }
    return Mask.of(network, layers);
  }

  /**
   * How many of {@code survivors} weights one round removes: rate times survivors, rounded half to
   * even. The rate is taken as the decimal it was written as, so that 0.2 means a fifth.
   */
  public static int removedCount(double rate, int survivors) {
    return BigDecimal.valueOf(rate)
        .multiply(BigDecimal.valueOf(survivors))
        .setScale(0, RoundingMode.HALF_EVEN)
        .intValueExact();
  }

  private static double rate(Kind kind, Rates rates) {
    return switch (kind) {
      case CONV -> rates.conv();
      case DENSE -> rates.dense();
      case OUTPUT -> rates.output();
    };
  }

  private static void clearSmallest(BitSet bits, float[] values, int offset, int removed) {
    // Magnitude above, index below: sorting the keys settles ties by the lowest index.
    long[] keys =
        bits.stream().mapToLong(i -> (long) magnitudeOrder(values[offset + i]) << 32 | i).toArray();
    Arrays.sort(keys);
    for (int k = 0; k < removed; k++) {
      bits.clear((int) keys[k]);
    }
  }

  /** The bits of a non-negative float order as the float does. */
  private static int magnitudeOrder(float weight) {
    return Float.floatToIntBits(Math.abs(weight));
  }
}
