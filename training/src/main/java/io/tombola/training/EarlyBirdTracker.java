package io.tombola.training;

import io.tombola.training.engine.TrainingSession;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.MaskOverlap;
import io.tombola.training.mask.Pruning;
import io.tombola.training.mask.WeightChange;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Computes the mask that pruning would give at each evaluation of a ticket, and its distance from
 * the mask of the evaluation before (You et al. 2020, early-bird tickets). Does nothing unless the
 * campaign asks for it.
 */
final class EarlyBirdTracker {

  private final TrialSetup setup;
  private Optional<Mask> newest = Optional.empty();

  EarlyBirdTracker(TrialSetup setup) {
    this.setup = setup;
  }

  /** The mask of the newest evaluation; empty before the first. */
  Optional<Mask> newest() {
    return newest;
  }

  /** Resumes with the mask that {@link #newest} returned. */
  void restore(Optional<Mask> saved) {
    newest = saved;
  }

  /** The distance of the mask at this evaluation from the one before; empty at the first. */
  OptionalDouble distance(TrainingSession session) {
    if (!setup.tracksEarlyBird()) {
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
        newest.isPresent()
            ? OptionalDouble.of(MaskOverlap.hammingDistance(newest.get(), now))
            : OptionalDouble.empty();
    newest = Optional.of(now);
    return distance;
  }
}
