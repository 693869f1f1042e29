package io.tombola.deploy.report;

import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.training.LearningCurve;
import io.tombola.training.LinearPath;
import io.tombola.training.mask.Mask;
import java.util.Optional;

/** The measurements and masks of trials, which a campaign's state only refers to. */
@FunctionalInterface
public interface TrialArtifacts {

  /** No artifacts: the report leaves out the sections that need them. */
  TrialArtifacts NONE = trial -> Optional.empty();

  /** The learning curve of a trial; empty if the trial has none (yet). */
  Optional<LearningCurve> curve(TrialId trial);

  /** The path from a ticket to this copy of it; empty if the copy has none (yet). */
  default Optional<LinearPath> path(TrialId copy) {
    return Optional.empty();
  }

  /** The mask with this reference; empty if it is not stored. */
  default Optional<Mask> mask(ArtifactRef mask) {
    return Optional.empty();
  }
}
