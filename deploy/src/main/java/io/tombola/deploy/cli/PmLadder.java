package io.tombola.deploy.cli;

import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.PruningSpec.Rates;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.MaskDensity.Layer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** How much of the network each round's ticket keeps; known before anything is trained. */
final class PmLadder {

  private static final MaskDensity LENET_300_100 =
      new MaskDensity(
          List.of(
              new Layer("dense-1", 784 * 300, 784 * 300),
              new Layer("dense-2", 300 * 100, 300 * 100),
              new Layer("output", 100 * 10, 100 * 10)));

  private PmLadder() {}

  /** The density of every round, the dense network's first. */
  static List<MaskDensity> of(CampaignSpec spec) {
    List<MaskDensity> ladder = new ArrayList<>();
    ladder.add(LENET_300_100);
    for (int round = 1; round <= spec.pruning().rounds(); round++) {
      ladder.add(pruned(ladder.get(round - 1), spec.pruning().rates()));
    }
    return List.copyOf(ladder);
  }

  private static MaskDensity pruned(MaskDensity density, Rates rates) {
    return new MaskDensity(
        density.layers().stream()
            .map(
                layer -> {
                  double rate = layer.name().equals("output") ? rates.output() : rates.dense();
                  return new Layer(
                      layer.name(),
                      layer.remaining() - removed(rate, layer.remaining()),
                      layer.total());
                })
            .toList());
  }

  private static long removed(double rate, long survivors) {
    return BigDecimal.valueOf(rate)
        .multiply(BigDecimal.valueOf(survivors))
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}
