package io.tombola.protocol.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.DeviceUsage;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialMetrics;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The state of one ticket chain and its controls, folded from its events. Immutable.
 *
 * @param campaign empty until the replicate has started
 * @param initialWeights θ0
 * @param rewindPoint θk, where later rounds go back to one
 * @param masks by round, as far as they were derived; index 0 is all ones
 * @param trials in the order in which they were prepared
 * @param slots device usage of its trials, by device
 */
public record ReplicateState(
    Optional<CampaignSpec> campaign,
    int replicate,
    Optional<ArtifactRef> initialWeights,
    Optional<CheckpointRef> rewindPoint,
    List<RoundMask> masks,
    List<TrialState> trials,
    boolean finished,
    SortedMap<String, DeviceUsage> slots) {

  /** A round's mask and what it keeps. */
  public record RoundMask(ArtifactRef mask, MaskDensity density) {}

  /** Before the first event. */
  public static final ReplicateState EMPTY =
      new ReplicateState(
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          false,
          new TreeMap<>());

  /** Keeps immutable copies. A snapshot before version 0.4.0 has no slots. */
  public ReplicateState {
    slots = slots == null ? new TreeMap<>() : Collections.unmodifiableSortedMap(slots);
    masks = List.copyOf(masks);
    trials = List.copyOf(trials);
  }

  /** The state after {@code events}, a replicate's first ones. */
  public static ReplicateState of(List<? extends ReplicateEvent> events) {
    ReplicateState state = EMPTY;
    for (ReplicateEvent event : events) {
      state = state.apply(event);
    }
    return state;
  }

  /** The state after {@code event}. */
  public ReplicateState apply(ReplicateEvent event) {
    return event.accept(new ReplicateEventHandler(this));
  }

  /** The results of some replicates so far, by replicate, round and arm. */
  public static List<RoundRecord> recordsOf(List<ReplicateState> replicates) {
    return replicates.stream()
        .flatMap(replicate -> replicate.records().stream())
        .sorted(Comparator.comparing(RoundRecord::trial))
        .toList();
  }

  /** The device usage of some replicates' trials, summed by device. */
  public static List<DeviceUsage> slotsOf(List<ReplicateState> replicates) {
    SortedMap<String, DeviceUsage> sums = new TreeMap<>();
    for (ReplicateState replicate : replicates) {
      replicate.slots.forEach((device, time) -> sums.merge(device, time, DeviceUsage::plus));
    }
    return List.copyOf(sums.values());
  }

  /** The replicate's id; only after it has started. */
  @JsonIgnore
  public ReplicateId id() {
    return new ReplicateId(campaign.orElseThrow().name(), replicate);
  }

  /** The trial of a round and arm, once it was prepared. */
  public Optional<TrialState> trial(int round, Arm arm) {
    return trials.stream().filter(t -> t.round() == round && t.arm().equals(arm)).findFirst();
  }

  /** The results so far, by round and arm. */
  public List<RoundRecord> records() {
    return trials.stream()
        .filter(TrialState::ended)
        .map(this::recordOf)
        .sorted(Comparator.comparing(RoundRecord::trial))
        .toList();
  }

  /** The published record of an ended trial. */
  public RoundRecord recordOf(TrialState trial) {
    TrialId id = id().trial(trial.round(), trial.arm());
    Optional<TrialMetrics> metrics = trial.metrics();
    return new RoundRecord(
        id.campaign(),
        id.replicate(),
        id.round(),
        id.arm(),
        statusOf(trial),
        trial.trained().map(t -> t.iterations()).orElse(0),
        trial.density().remaining(),
        trial.density().total(),
        trial.density().remainingPercent(),
        metrics.map(m -> OptionalInt.of(m.earlyStopIteration())).orElseGet(OptionalInt::empty),
        number(metrics, TrialMetrics::earlyStopValidationLossNats),
        number(metrics, TrialMetrics::earlyStopValidationAccuracyPercent),
        number(metrics, TrialMetrics::earlyStopTestAccuracyPercent),
        number(metrics, TrialMetrics::finalValidationLossNats),
        number(metrics, TrialMetrics::finalTestAccuracyPercent),
        trial.start().mask(),
        trial.trained().map(t -> t.weights()),
        metrics.map(TrialMetrics::errorBarrierPercent).orElseGet(OptionalDouble::empty),
        trial
            .failure()
            .flatMap(TrialFailure::iteration)
            .map(OptionalInt::of)
            .orElseGet(OptionalInt::empty),
        trial.failure().flatMap(TrialFailure::layer),
        trial.engine());
  }

  /** Every artifact that must be kept: all but the checkpoints that newer ones replaced. */
  public Stream<ArtifactRef> artifacts() {
    Stream<ArtifactRef> ofTrials =
        trials.stream()
            .flatMap(
                t ->
                    Stream.of(
                            Stream.of(t.start().weights(), t.start().mask()),
                            t.start().optimizer().stream(),
                            t.checkpoint().map(c -> c.artifact()).stream(),
                            t.trained().stream().flatMap(d -> Stream.of(d.weights(), d.curve())),
                            t.trained().stream().flatMap(d -> d.path().stream()))
                        .flatMap(refs -> refs));
    return Stream.of(
            initialWeights.stream(),
            rewindPoint.map(CheckpointRef::artifact).stream(),
            masks.stream().map(RoundMask::mask),
            ofTrials)
        .flatMap(refs -> refs)
        .distinct();
  }

  private static RoundRecord.Status statusOf(TrialState trial) {
    return trial
        .failure()
        .map(
            f ->
                f.kind() == TrialFailure.Kind.DIVERGED
                    ? RoundRecord.Status.DIVERGED
                    : RoundRecord.Status.FAILED)
        .orElse(RoundRecord.Status.OK);
  }

  private static OptionalDouble number(
      Optional<TrialMetrics> metrics, ToDoubleFunction<TrialMetrics> part) {
    return metrics.isPresent()
        ? OptionalDouble.of(part.applyAsDouble(metrics.get()))
        : OptionalDouble.empty();
  }
}
