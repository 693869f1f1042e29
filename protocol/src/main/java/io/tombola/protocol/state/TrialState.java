package io.tombola.protocol.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tombola.protocol.Arm;
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
 * @param checkpoint the newest, while it trains
 * @param endedAt when its result or its failure was persisted
 */
public record TrialState(
    int round,
    Arm arm,
    TrialStart start,
    MaskDensity density,
    Optional<CheckpointRef> checkpoint,
    Optional<TrainedTrial> trained,
    Optional<TrialMetrics> metrics,
    Optional<TrialFailure> failure,
    Optional<Instant> endedAt) {

  static TrialState prepared(int round, Arm arm, TrialStart start, MaskDensity density) {
    return new TrialState(
        round,
        arm,
        start,
        density,
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
    return new TrialState(round, arm, start, density, newest, trained, metrics, failure, endedAt);
  }

  TrialState withTrained(TrainedTrial result) {
    return new TrialState(
        round,
        arm,
        start,
        density,
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
        Optional.empty(),
        trained,
        metrics,
        Optional.of(reason),
        Optional.of(at));
  }
}
