package io.tombola.training.start;

import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.mask.WeightChange;
import io.tombola.training.network.Weights;
import java.util.Optional;

/**
 * What a replicate has trained so far, as far as starting points depend on it.
 *
 * @param theta0 its initialisation
 * @param rewindPoint weights and optimizer of the iteration that rounds are rewound to, if it is
 *     not 0
 * @param previous final weights of the chain's round before, or of the dense network with a
 *     one-shot schedule; absent in the dense round
 * @param dense what training the dense network did; absent in the dense round
 */
public record ChainArtifacts(
    Weights theta0,
    Optional<TrainingPosition> rewindPoint,
    Optional<Weights> previous,
    Optional<WeightChange> dense) {

  /** The chain of a replicate that has trained nothing yet. */
  public static ChainArtifacts of(Weights theta0) {
    return new ChainArtifacts(theta0, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
