package io.tombola.protocol.trial;

import io.tombola.protocol.ArtifactRef;
import java.util.Optional;

/**
 * Where a training starts: the mask laid over the weights, at an iteration.
 *
 * @param weights a weights artifact; values under the mask's zeros are ignored
 * @param mask a mask artifact; all ones for the dense network
 * @param iteration optimizer steps that schedule and data order count as done
 * @param optimizer a checkpoint artifact whose optimizer state the training starts with; empty for
 *     a fresh optimizer
 */
public record TrialStart(
    ArtifactRef weights, ArtifactRef mask, int iteration, Optional<ArtifactRef> optimizer) {

  /** A start at iteration 0 with a fresh optimizer. */
  public TrialStart(ArtifactRef weights, ArtifactRef mask) {
    this(weights, mask, 0, Optional.empty());
  }
}
