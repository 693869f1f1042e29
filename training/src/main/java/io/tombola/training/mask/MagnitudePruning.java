package io.tombola.training.mask;

import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;

/** Pruning by final magnitude alone. */
public final class MagnitudePruning {

  private MagnitudePruning() {}

  /** The next round's mask; {@link Pruning#next} by magnitude, whatever the criterion is. */
  public static Mask prune(Weights trained, Mask current, PruningSpec spec) {
    PruningSpec byMagnitude =
        new PruningSpec(
            spec.schedule(),
            spec.rounds(),
            spec.targetPercent(),
            spec.rates(),
            spec.scope(),
            Criterion.MAGNITUDE);
    return Pruning.next(byMagnitude, new Seeds(0, 1), 1, current, new Trained(trained, trained));
  }
}
