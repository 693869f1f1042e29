package io.tombola.deploy.cli;

import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.PruningSpec.Rates;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.training.mask.MagnitudePruning;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.Layer;
import io.tombola.training.network.Networks;
import java.util.ArrayList;
import java.util.List;

/** How much of the network each round's ticket keeps; known before anything is trained. */
final class PmLadder {

  private PmLadder() {}

  /** The density of every round, the dense network's first. */
  static List<MaskDensity> of(CampaignSpec spec) {
    Network network = Networks.of(spec);
    List<Integer> survivors = network.layers().stream().map(Layer::weightCount).toList();
    List<MaskDensity> ladder = new ArrayList<>();
    ladder.add(density(network, survivors));
    for (int round = 1; round <= spec.pruning().rounds(); round++) {
      survivors = pruned(network, survivors, spec.pruning().rates());
      ladder.add(density(network, survivors));
    }
    return List.copyOf(ladder);
  }

  private static List<Integer> pruned(Network network, List<Integer> survivors, Rates rates) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < survivors.size(); i++) {
      double rate =
          switch (network.layers().get(i).kind()) {
            case CONV -> rates.conv();
            case DENSE -> rates.dense();
            case OUTPUT -> rates.output();
          };
      left.add(survivors.get(i) - MagnitudePruning.removedCount(rate, survivors.get(i)));
    }
    return List.copyOf(left);
  }

  private static MaskDensity density(Network network, List<Integer> survivors) {
    List<MaskDensity.Layer> layers = new ArrayList<>();
    for (int i = 0; i < survivors.size(); i++) {
      Layer layer = network.layers().get(i);
      layers.add(new MaskDensity.Layer(layer.name(), survivors.get(i), layer.weightCount()));
    }
    return new MaskDensity(layers);
  }
}
