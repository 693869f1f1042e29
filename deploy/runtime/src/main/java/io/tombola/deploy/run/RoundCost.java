package io.tombola.deploy.run;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.training.engine.EngineSelection;
import io.tombola.training.mask.SparsitySchedule;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import java.util.List;

/**
 * Estimated computing cost of a round's trainings, known before any training.
 *
 * @param density surviving weights of each layer; with global pruning estimated as the same part of
 *     every layer
 * @param multiplications per example, with surviving weights
 * @param engine the selected engine
 */
public record RoundCost(
    Network network, MaskDensity density, long multiplications, EngineName engine) {

  /**
   * The cost of a sparse step that does not depend on the density, relative to a step at density 1:
   * measured by {@code tombola bench --only engines} near density 0.
   */
  private static final double FIXED_COST = 0.03;

  /** The cost of every round, from 0 to the last. */
  public static List<RoundCost> of(CampaignSpec spec) {
    Network network = Networks.of(spec);
    return SparsitySchedule.of(spec.pruning(), network).stream()
        .map(level -> of(spec, network, level))
        .toList();
  }

  private static RoundCost of(
      CampaignSpec spec, Network network, SparsitySchedule.SparsityLevel level) {
    MaskDensity density = level.layers().orElseGet(() -> even(network, level));
    long multiplications =
        network.multiplications(l -> Math.toIntExact(density.layers().get(l).remaining()));
    EngineName engine =
        EngineSelection.STANDARD.choose(spec.training().engine(), network, multiplications);
    return new RoundCost(network, density, multiplications, engine);
  }

  private static MaskDensity even(Network network, SparsitySchedule.SparsityLevel level) {
    double part = (double) level.remaining() / level.total();
    return new MaskDensity(
        network.prunableLayers().stream()
            .map(
                layer ->
                    new MaskDensity.Layer(
                        layer.name(), Math.round(part * layer.weightCount()), layer.weightCount()))
            .toList());
  }

  /**
   * Estimated cost of an iteration, in units of a dense iteration of the sparse engine. On the
   * dense engine the cost does not depend on the density: it equals the cost at the density where
   * the selection switches to the sparse engine.
   */
  double cost() {
    double density =
        switch (engine) {
          case SPARSE -> (double) multiplications / network.multiplications();
          case DL4J -> EngineSelection.STANDARD.density(network);
        };
    return density + FIXED_COST;
  }
}
