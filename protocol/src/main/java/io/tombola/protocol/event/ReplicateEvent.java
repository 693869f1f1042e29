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

  /** One method for each kind of event, so that the compiler reports a kind that is not handled. */
  interface Visitor<R> {
    /** Handles a {@link ReplicateStarted}. */
    R visit(ReplicateStarted event);

    /** Handles a {@link WeightsInitialized}. */
    R visit(WeightsInitialized event);

    /** Handles a {@link RewindPointSaved}. */
    R visit(RewindPointSaved event);

    /** Handles a {@link MaskPruned}. */
    R visit(MaskPruned event);

    /** Handles a {@link TrialPrepared}. */
    R visit(TrialPrepared event);

    /** Handles a {@link CheckpointSaved}. */
    R visit(CheckpointSaved event);

    /** Handles a {@link CheckpointDropped}. */
    R visit(CheckpointDropped event);

    /** Handles a {@link TrialTrained}. */
    R visit(TrialTrained event);

    /** Handles a {@link TrialEvaluated}. */
    R visit(TrialEvaluated event);

    /** Handles a {@link TrialFailed}. */
    R visit(TrialFailed event);

    /** Handles a {@link ReplicateFinished}. */
    R visit(ReplicateFinished event);
  }

  /** Calls the method of {@code visitor} for this kind of event. */
  <R> R accept(Visitor<R> visitor);

  /** A step of one trial. */
  interface OfTrial {
    /** The round of the trial, 0 for the dense network. */
    int round();

    /** What the trial trains. */
    Arm arm();
  }

  /** The first event. */
  record ReplicateStarted(CampaignSpec campaign, int replicate, Instant at)
      implements ReplicateEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** θ0 and the all-ones mask of round 0 are stored. */
  record WeightsInitialized(ArtifactRef weights, ArtifactRef mask, MaskDensity density, Instant at)
      implements ReplicateEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The training of the dense network passed the iteration that later rounds rewind to. */
  record RewindPointSaved(CheckpointRef point, Instant at) implements ReplicateEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** The mask of {@code round} (from 1) was derived. */
  record MaskPruned(int round, ArtifactRef mask, MaskDensity density, Instant at)
      implements ReplicateEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The start of a trial is stored: surviving weights rewound, or a control drawn.
   *
   * @param engine the engine of all its steps
   */
  record TrialPrepared(
      int round, Arm arm, TrialStart start, MaskDensity density, EngineName engine, Instant at)
      implements ReplicateEvent, OfTrial {

    /** A log before version 0.4.0 has no engine: DL4J. */
    public TrialPrepared {
      engine = engine == null ? EngineName.DL4J : engine;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * A checkpoint of a training is durable: after a crash the training resumes from it.
   *
   * @param time device usage since the previous event of this kind; empty in a log before version
   *     0.4.0
   */
  record CheckpointSaved(
      int round, Arm arm, CheckpointRef checkpoint, Optional<DeviceUsage> time, Instant at)
      implements ReplicateEvent, OfTrial {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A checkpoint is damaged; the training restarts from iteration 0. */
  record CheckpointDropped(int round, Arm arm, ArtifactRef checkpoint, Instant at)
      implements ReplicateEvent, OfTrial {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * A training reached its last iteration.
   *
   * @param time device usage since the last checkpoint; empty in a log before version 0.4.0
   */
  record TrialTrained(
      int round, Arm arm, TrainedTrial trained, Optional<DeviceUsage> time, Instant at)
      implements ReplicateEvent, OfTrial {

    /** A training copied by a fork: its device usage belongs to the other campaign. */
    public TrialTrained(int round, Arm arm, TrainedTrial trained, Instant at) {
      this(round, arm, trained, Optional.empty(), at);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A trial's result is known; published to consumers. */
  record TrialEvaluated(int round, Arm arm, TrialMetrics metrics, Instant at)
      implements ReplicateEvent, OfTrial {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A trial ended permanently without a result; published to consumers. */
  record TrialFailed(int round, Arm arm, TrialFailure failure, Instant at)
      implements ReplicateEvent, OfTrial {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** All trials of the replicate have ended. */
  record ReplicateFinished(Instant at) implements ReplicateEvent {

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
