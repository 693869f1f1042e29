package io.tombola.protocol.trial;

import io.tombola.protocol.ArtifactRef;
import java.util.Optional;

/**
 * What a finished training left.
 *
 * @param iterations optimizer steps done
 * @param weights the final weights
 * @param curve the learning curve on the evaluation grid
 * @param device the slot that finished it, such as {@code cpu:0}
 * @param trainMillis wall time since this process took the training up
 * @param path what was measured on the line to the ticket, for a copy of it under another data
 *     order
 */
public record TrainedTrial(
    int iterations,
    ArtifactRef weights,
    ArtifactRef curve,
    String device,
    long trainMillis,
    Optional<ArtifactRef> path) {

  /** What a training without a path left. */
  public TrainedTrial(
      int iterations, ArtifactRef weights, ArtifactRef curve, String device, long trainMillis) {
    this(iterations, weights, curve, device, trainMillis, Optional.empty());
  }
}
