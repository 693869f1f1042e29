package io.tombola.protocol.trial;

import io.tombola.protocol.ArtifactRef;

/**
 * Where a training starts: the mask laid over the weights.
 *
 * @param weights a weights artifact; values under the mask's zeros are ignored
 * @param mask a mask artifact; all ones for the dense network
 */
public record TrialStart(ArtifactRef weights, ArtifactRef mask) {}
