package io.tombola.actors;

import io.tombola.protocol.ArtifactRef;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.training.Checkpoint;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Weights;
import java.time.Clock;

/**
 * The resources that the workers of the pipeline share. Thread-safe.
 *
 * @param artifacts the store of weights, masks, curves and checkpoints
 * @param data the examples of each replicate
 * @param clock the time of events; no decision depends on it
 */
public record WorkerResources(ArtifactStore artifacts, DatasetCache data, Clock clock) {

  /**
   * Reads weights.
   *
   * @throws io.tombola.storage.artifact.CorruptArtifactException if they are missing or damaged
   */
  public Weights weights(ArtifactRef ref) {
    return Weights.decode(artifacts.get(ref));
  }

  /**
   * Reads a checkpoint.
   *
   * @throws io.tombola.storage.artifact.CorruptArtifactException if it is missing or damaged
   */
  public Checkpoint checkpoint(ArtifactRef ref) {
    return Checkpoint.decode(artifacts.get(ref));
  }

  /**
   * Reads a mask.
   *
   * @throws io.tombola.storage.artifact.CorruptArtifactException if it is missing or damaged
   */
  public Mask mask(ArtifactRef ref) {
    return Mask.decode(artifacts.get(ref));
  }
}
