package io.tombola.protocol.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tombola.protocol.Arm;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.protocol.trial.TrialStart;
import java.time.Instant;
import java.util.Optional;

/**
 * One trial since its start was prepared.
 *
 * @param engine what computes it, over every resume
 * @param checkpoint the newest, while it trains
 * @param endedAt when its result or its failure was persisted
 */
public record TrialState(
    int round,
    Arm arm,
    TrialStart start,
    MaskDensity density,
    EngineName engine,
    Optional<CheckpointRef> checkpoint,
    Optional<TrainedTrial> trained,
    Optional<TrialMetrics> metrics,
    Optional<TrialFailure> failure,
    Optional<Instant> endedAt) {

  /** A snapshot before version 0.4.0 has no engine: DL4J. */
  public TrialState {
    engine = engine == null ? EngineName.DL4J : engine;
  }

  static TrialState prepared(TrialPrepared event) {
    return new TrialState(
        event.round(),
        event.arm(),
        event.start(),
        event.density(),
        event.engine(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it has a result or has failed for good. */
  @JsonIgnore
  public boolean ended() {
    return metrics.isPresent() || failure.isPresent();
  }

  TrialState withCheckpoint(Optional<CheckpointRef> newest) {
    return new TrialState(
        round, arm, start, density, engine, newest, trained, metrics, failure, endedAt);
  }

  TrialState withTrained(TrainedTrial result) {
    return new TrialState(
        round,
        arm,
        start,
        density,
        engine,
        Optional.empty(),
        Optional.of(result),
        metrics,
        failure,
        endedAt);
  }

  TrialState withMetrics(TrialMetrics measured, Instant at) {
    return new TrialState(
        round,
        arm,
        start,
        density,
        engine,
        checkpoint,
        trained,
        Optional.of(measured),
        failure,
        Optional.of(at));
  }

  TrialState withFailure(TrialFailure reason, Instant at) {
    return new TrialState(
        round,
        arm,
        start,
        density,
        engine,
        Optional.empty(),
        trained,
        metrics,
        Optional.of(reason),
        Optional.of(at));
  }
}
