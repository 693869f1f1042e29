package io.tombola.training.mask;

import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Rates;
import io.tombola.protocol.spec.PruningSpec.Scope;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much of a network each round keeps; known before anything is trained. */
public final class SparsitySchedule {

  /**
   * What one round keeps.
   *
   * @param remaining prunable weights that survive
   * @param total prunable weights
   * @param layers the surviving weights of each layer; empty where one threshold over the whole
   *     network decides, since layers then differ from training to training
   */
  public record SparsityLevel(long remaining, long total, Optional<MaskDensity> layers) {

    /** The level of a mask. */
    static SparsityLevel of(MaskDensity density) {
      return new SparsityLevel(density.remaining(), density.total(), Optional.of(density));
    }

    /** Pm: the percentage of prunable weights that remain. */
    public double remainingPercent() {
      return 100.0 * remaining / total;
    }
  }

  private SparsitySchedule() {}

  /** The level of every round from 0, the dense network, to the last. */
  public static List<SparsityLevel> of(PruningSpec spec, Network network) {
    List<SparsityLevel> levels = new ArrayList<>();
    levels.add(SparsityLevel.of(Mask.ones(network).density()));
    for (int round = 1; round <= spec.rounds(); round++) {
      levels.add(below(spec, network, levels.get(round - 1)));
    }
    return List.copyOf(levels);
  }

  /** The level of the round after the one of {@code level}. */
  static SparsityLevel below(PruningSpec spec, Network network, SparsityLevel level) {
    if (spec.scope() == Scope.GLOBAL) {
      double rate = spec.targetRate().orElse(spec.rates().global());
      long removed = removedCount(rate, level.remaining());
      return new SparsityLevel(level.remaining() - removed, level.total(), Optional.empty());
    }
    List<MaskDensity.Layer> above = level.layers().orElseThrow().layers();
    List<MaskDensity.Layer> layers = new ArrayList<>();
    for (int l = 0; l < above.size(); l++) {
      MaskDensity.Layer layer = above.get(l);
      double rate =
          spec.targetRate().orElse(rate(network.prunableLayers().get(l).kind(), spec.rates()));
      long left = layer.remaining() - removedCount(rate, layer.remaining());
      layers.add(new MaskDensity.Layer(layer.name(), left, layer.total()));
    }
    return SparsityLevel.of(new MaskDensity(layers));
  }

  /**
   * How many of {@code remaining} weights one round removes: rate times that number, rounded half
   * to even. The rate is taken as the decimal it was written as, so that 0.2 means a fifth.
   */
  public static long removedCount(double rate, long remaining) {
    return BigDecimal.valueOf(rate)
        .multiply(BigDecimal.valueOf(remaining))
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  private static double rate(Kind kind, Rates rates) {
    return switch (kind) {
      case CONV -> rates.conv();
      case DENSE -> rates.dense();
      case OUTPUT -> rates.output();
    };
  }
}
