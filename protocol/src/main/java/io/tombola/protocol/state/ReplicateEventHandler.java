package io.tombola.protocol.state;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.CheckpointDropped;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.RewindPointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.state.ReplicateState.RoundMask;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.DeviceUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Computes the state of a replicate after one event.
 *
 * @param before the state before the event
 */
record ReplicateEventHandler(ReplicateState before)
    implements ReplicateEvent.Visitor<ReplicateState> {

  @Override
  public ReplicateState visit(ReplicateStarted event) {
    return new ReplicateState(
        Optional.of(event.campaign()),
        event.replicate(),
        before.initialWeights(),
        before.rewindPoint(),
        before.masks(),
        before.trials(),
        before.finished(),
        before.slots());
  }

  @Override
  public ReplicateState visit(WeightsInitialized event) {
    return withWeights(
        Optional.of(event.weights()),
        before.rewindPoint(),
        List.of(new RoundMask(event.mask(), event.density())));
  }

  @Override
  public ReplicateState visit(RewindPointSaved event) {
    return withWeights(before.initialWeights(), Optional.of(event.point()), before.masks());
  }

  @Override
  public ReplicateState visit(MaskPruned event) {
    return withWeights(
        before.initialWeights(),
        before.rewindPoint(),
        appended(before.masks(), new RoundMask(event.mask(), event.density())));
  }

  @Override
  public ReplicateState visit(TrialPrepared event) {
    return withTrials(appended(before.trials(), TrialState.prepared(event)), before.slots());
  }

  @Override
  public ReplicateState visit(CheckpointSaved event) {
    return update(
        event.round(),
        event.arm(),
        trial -> trial.withCheckpoint(Optional.of(event.checkpoint())),
        event.time());
  }

  @Override
  public ReplicateState visit(CheckpointDropped event) {
    return update(
        event.round(),
        event.arm(),
        trial -> trial.withCheckpoint(Optional.empty()),
        Optional.empty());
  }

  @Override
  public ReplicateState visit(TrialTrained event) {
    return update(
        event.round(), event.arm(), trial -> trial.withTrained(event.trained()), event.time());
  }

  @Override
  public ReplicateState visit(TrialEvaluated event) {
    return update(
        event.round(),
        event.arm(),
        trial -> trial.withMetrics(event.metrics(), event.at()),
        Optional.empty());
  }

  @Override
  public ReplicateState visit(TrialFailed event) {
    return update(
        event.round(),
        event.arm(),
        trial -> trial.withFailure(event.failure(), event.at()),
        Optional.empty());
  }

  @Override
  public ReplicateState visit(ReplicateFinished event) {
    return new ReplicateState(
        before.campaign(),
        before.replicate(),
        before.initialWeights(),
        before.rewindPoint(),
        before.masks(),
        before.trials(),
        true,
        before.slots());
  }

  private ReplicateState update(
      int round, Arm arm, UnaryOperator<TrialState> change, Optional<DeviceUsage> usage) {
    return withTrials(
        before.trials().stream()
            .map(t -> t.round() == round && t.arm().equals(arm) ? change.apply(t) : t)
            .toList(),
        usage.map(this::plus).orElse(before.slots()));
  }

  private SortedMap<String, DeviceUsage> plus(DeviceUsage usage) {
    SortedMap<String, DeviceUsage> sums = new TreeMap<>(before.slots());
    sums.merge(usage.device(), usage, DeviceUsage::plus);
    return sums;
  }

  private ReplicateState withTrials(List<TrialState> trials, SortedMap<String, DeviceUsage> usage) {
    return new ReplicateState(
        before.campaign(),
        before.replicate(),
        before.initialWeights(),
        before.rewindPoint(),
        before.masks(),
        trials,
        before.finished(),
        usage);
  }

  private ReplicateState withWeights(
      Optional<ArtifactRef> initial, Optional<CheckpointRef> rewindPoint, List<RoundMask> masks) {
    return new ReplicateState(
        before.campaign(),
        before.replicate(),
        initial,
        rewindPoint,
        masks,
        before.trials(),
        before.finished(),
        before.slots());
  }

  private static <T> List<T> appended(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
