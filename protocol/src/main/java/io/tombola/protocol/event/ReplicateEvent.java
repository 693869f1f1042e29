package io.tombola.protocol.event;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.DeviceUsage;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.protocol.trial.TrialStart;
import java.time.Instant;
import java.util.Optional;

/** The steps of one ticket chain and its controls, persisted under {@link JournalId#replicate}. */
public sealed interface ReplicateEvent extends TombolaEvent {

  /** A step of one trial. */
  interface OfTrial {
    /** The round of the trial, 0 for the dense network. */
    int round();

    /** What the trial trains. */
    Arm arm();
  }

  /** The first event. */
  record ReplicateStarted(CampaignSpec campaign, int replicate, Instant at)
      implements ReplicateEvent {}

  /** θ0 and the all-ones mask of round 0 are stored. */
  record WeightsInitialized(ArtifactRef weights, ArtifactRef mask, MaskDensity density, Instant at)
      implements ReplicateEvent {}

  /** The dense network's training passed the iteration that later rounds go back to. */
  record RewindPointSaved(CheckpointRef point, Instant at) implements ReplicateEvent {}

  /** The mask of {@code round} (from 1) was derived. */
  record MaskPruned(int round, ArtifactRef mask, MaskDensity density, Instant at)
      implements ReplicateEvent {}

  /**
   * The start of a trial is stored: survivors rewound, or a control drawn.
   *
   * @param engine what computes it, from its first step to its last
   */
  record TrialPrepared(
      int round, Arm arm, TrialStart start, MaskDensity density, EngineName engine, Instant at)
      implements ReplicateEvent, OfTrial {

    /** A log before version 0.4.0 has no engine: DL4J. */
    public TrialPrepared {
      engine = engine == null ? EngineName.DL4J : engine;
    }
  }

  /**
   * A training can go on from here after a crash.
   *
   * @param time what it took since the event of this kind before, on the device that it is on;
   *     empty in a log before version 0.4.0
   */
  record CheckpointSaved(
      int round, Arm arm, CheckpointRef checkpoint, Optional<DeviceUsage> time, Instant at)
      implements ReplicateEvent, OfTrial {}

  /** A checkpoint turned out to be damaged; the training starts again. */
  record CheckpointDropped(int round, Arm arm, ArtifactRef checkpoint, Instant at)
      implements ReplicateEvent, OfTrial {}

  /**
   * A training ran its full length.
   *
   * @param time what it took since its last checkpoint; empty in a log before version 0.4.0
   */
  record TrialTrained(
      int round, Arm arm, TrainedTrial trained, Optional<DeviceUsage> time, Instant at)
      implements ReplicateEvent, OfTrial {

    /** A training whose time is another campaign's. */
    public TrialTrained(int round, Arm arm, TrainedTrial trained, Instant at) {
      this(round, arm, trained, Optional.empty(), at);
    }
  }

  /** A trial's result is known; published to consumers. */
  record TrialEvaluated(int round, Arm arm, TrialMetrics metrics, Instant at)
      implements ReplicateEvent, OfTrial {}

  /** A trial ended without a result, once and for all; published to consumers. */
  record TrialFailed(int round, Arm arm, TrialFailure failure, Instant at)
      implements ReplicateEvent, OfTrial {}

  /** All trials of the replicate have ended. */
  record ReplicateFinished(Instant at) implements ReplicateEvent {}
}
