package io.tombola.training;

import io.tombola.training.engine.TrainingSession;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.MaskOverlap;
import io.tombola.training.mask.Pruning;
import io.tombola.training.mask.WeightChange;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Draws the mask that pruning would give at each evaluation of a ticket, and says how far it is
 * from the one before (early-bird tickets). Does nothing where nobody asks for it.
 */
final class EarlyBirdTracker {

  private final TrialSetup setup;
  private Optional<Mask> drawn = Optional.empty();

  EarlyBirdTracker(TrialSetup setup) {
    this.setup = setup;
  }

  /** The newest mask. */
  Optional<Mask> drawn() {
    return drawn;
  }

  void goOnFrom(Optional<Mask> newest) {
    drawn = newest;
  }

  /** The distance of the mask of now from the one before; empty if there was none. */
  OptionalDouble distance(TrainingSession session) {
    if (!setup.watchesMasks()) {
      return OptionalDouble.empty();
    }
    Mask now =
        Pruning.next(
            setup.campaign().pruning(),
            setup.seeds(),
            setup.trial().round() + 1,
            setup.start().mask(),
            new WeightChange(setup.start().weights(), session.weights()));
    OptionalDouble distance =
        drawn.isPresent()
            ? OptionalDouble.of(MaskOverlap.hammingDistance(drawn.get(), now))
            : OptionalDouble.empty();
    drawn = Optional.of(now);
    return distance;
  }
}
