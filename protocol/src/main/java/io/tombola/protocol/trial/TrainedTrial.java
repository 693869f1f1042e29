package io.tombola.protocol.trial;

import io.tombola.protocol.ArtifactRef;

/**
 * What a finished training left.
 *
 * @param iterations optimizer steps done
 * @param weights the final weights
 * @param curve the learning curve on the evaluation grid
 * @param device the slot that finished it, such as {@code cpu:0}
 * @param trainMillis wall time since this process took the training up
 */
public record TrainedTrial(
    int iterations, ArtifactRef weights, ArtifactRef curve, String device, long trainMillis) {}
