package io.tombola.deploy.report;

import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.training.LearningCurve;
import io.tombola.training.LinearPath;
import io.tombola.training.mask.Mask;
import java.util.List;
import java.util.Optional;

/**
 * The artifacts of a campaign's trials in its store. Every method throws {@link
 * io.tombola.storage.artifact.CorruptArtifactException} if the artifact is damaged.
 */
record StoredArtifacts(ArtifactStore artifacts, List<ReplicateState> replicates)
    implements TrialArtifacts {

  @Override
  public Optional<LearningCurve> curve(TrialId trial) {
    return trained(trial).map(trained -> LearningCurve.decode(artifacts.get(trained.curve())));
  }

  @Override
  public Optional<LinearPath> path(TrialId copy) {
    return trained(copy)
        .flatMap(TrainedTrial::path)
        .map(path -> LinearPath.decode(artifacts.get(path)));
  }

  @Override
  public Optional<Mask> mask(ArtifactRef mask) {
    return Optional.of(Mask.decode(artifacts.get(mask)));
  }

  private Optional<TrainedTrial> trained(TrialId trial) {
    return replicates.stream()
        .filter(replicate -> replicate.replicate() == trial.replicate())
        .flatMap(replicate -> replicate.trial(trial.round(), trial.arm()).stream())
        .flatMap(state -> state.trained().stream())
        .findFirst();
  }
}
