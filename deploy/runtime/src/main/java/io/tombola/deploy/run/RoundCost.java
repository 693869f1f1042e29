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
 * What the trainings of a round have to compute, as far as it is known before anything is trained.
 *
 * @param density the survivors of each layer; where one threshold over the whole network decides,
 *     as if it took the same part of every layer
 * @param multiplications those of an example that surviving weights take
 * @param engine what the rule chooses
 */
public record RoundCost(
    Network network, MaskDensity density, long multiplications, EngineName engine) {

  /**
   * What a step on surviving weights takes whatever their number, as a part of what it takes on all
   * of them: what {@code tombola bench --only engines} finds near density 0.
   */
  private static final double FIXED_PART = 0.03;

  /** The load of every round, from 0 to the last. */
  public static List<RoundCost> of(CampaignSpec spec) {
    Network network = Networks.of(spec);
    return SparsitySchedule.of(spec.pruning(), network).stream()
        .map(rung -> of(spec, network, rung))
        .toList();
  }

  private static RoundCost of(
      CampaignSpec spec, Network network, SparsitySchedule.SparsityLevel rung) {
    MaskDensity density = rung.layers().orElseGet(() -> even(network, rung));
    long multiplications =
        network.multiplications(l -> Math.toIntExact(density.layers().get(l).remaining()));
    EngineName engine =
        EngineSelection.STANDARD.choose(spec.training().engine(), network, multiplications);
    return new RoundCost(network, density, multiplications, engine);
  }

  private static MaskDensity even(Network network, SparsitySchedule.SparsityLevel rung) {
    double part = (double) rung.remaining() / rung.total();
    return new MaskDensity(
        network.layers().stream()
            .map(
                layer ->
                    new MaskDensity.Layer(
                        layer.name(), Math.round(part * layer.weightCount()), layer.weightCount()))
            .toList());
  }

  /**
   * About what an iteration costs, in dense iterations of the sparse engine. What DL4J trains costs
   * the same at every density: as much as on the sparse engine where the rule goes over to that.
   */
  double cost() {
    double density =
        switch (engine) {
          case SPARSE -> (double) multiplications / network.multiplications();
          case DL4J -> EngineSelection.STANDARD.density(network);
        };
    return density + FIXED_PART;
  }
}
