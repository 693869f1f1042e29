package io.tombola.protocol.trial;

import io.tombola.protocol.ArtifactRef;

/**
 * A position in a training from which it can resume exactly.
 *
 * @param iteration optimizer steps done
 * @param artifact parameters, optimizer state and the learning curve so far
 */
public record CheckpointRef(int iteration, ArtifactRef artifact) {}
