package io.tombola.protocol.state;

import io.tombola.protocol.record.CampaignRecord;
import io.tombola.protocol.record.CampaignRecord.Counts;
import io.tombola.protocol.record.CampaignRecord.State;
import io.tombola.protocol.record.CampaignRecord.Times;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.CampaignState.ControlState;
import io.tombola.protocol.state.ReplicateState.RoundMask;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialMetrics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Derives the published state and progress of a campaign and its replicates from their states. */
public final class CampaignProgress {

  private CampaignProgress() {}

  /**
   * The record of a replicate.
   *
   * @param number from 1
   * @param campaign has started
   * @param span {@code from} is empty before the replicate has events
   */
  public static CampaignRecord of(
      int number, ReplicateState replicate, CampaignState campaign, Span span) {
    CampaignSpec spec = campaign.spec().orElseThrow();
    Optional<TrialFailure> abandoned = Optional.ofNullable(campaign.abandoned().get(number));
    boolean over = abandoned.isPresent() || replicate.finished();
    return new CampaignRecord(
        spec.name(),
        OptionalInt.of(number),
        state(number, replicate, campaign),
        counts(replicate, spec),
        remaining(replicate),
        accuracies(replicate).reduce((before, last) -> last),
        accuracies(replicate).max(),
        new Times(span.from(), span.to(), over ? Optional.of(span.to()) : Optional.empty()),
        abandoned.map(TrialFailure::message));
  }

  /** The times of a replicate's first and newest events. */
  public record Span(Optional<Instant> from, Instant to) {}

  /**
   * The record of a campaign.
   *
   * @param campaign has started
   * @param replicates all replicates, including those without events
   * @param updatedAt time of the newest event
   */
  public static CampaignRecord of(
      CampaignState campaign, List<ReplicateState> replicates, Instant updatedAt) {
    CampaignSpec spec = campaign.spec().orElseThrow();
    List<Counts> counts = replicates.stream().map(replicate -> counts(replicate, spec)).toList();
    return new CampaignRecord(
        spec.name(),
        OptionalInt.empty(),
        state(campaign),
        new Counts(
            counts.stream().mapToInt(Counts::roundsEnded).min().orElse(0),
            spec.pruning().rounds() + 1,
            sum(counts, Counts::trialsEnded),
            sum(counts, Counts::trials),
            sum(counts, Counts::trialsFailed)),
        replicates.stream()
            .map(CampaignProgress::remaining)
            .flatMapToDouble(OptionalDouble::stream)
            .min(),
        OptionalDouble.empty(),
        replicates.stream().flatMapToDouble(CampaignProgress::accuracies).max(),
        new Times(campaign.startedAt(), updatedAt, campaign.finishedAt()),
        failure(campaign));
  }

  /**
   * The published state of a replicate.
   *
   * @param number from 1
   */
  public static State state(int number, ReplicateState replicate, CampaignState campaign) {
    if (campaign.abandoned().containsKey(number)) {
      return State.ABANDONED;
    }
    if (replicate.finished()) {
      return State.FINISHED;
    }
    return replicate.campaign().isPresent() ? State.TRAINING : State.WAITING;
  }

  /** The published state of a campaign; says nothing about whether a process runs it. */
  public static State state(CampaignState campaign) {
    if (campaign.finishedAt().isEmpty()) {
      return campaign.hold().map(CampaignProgress::state).orElse(State.TRAINING);
    }
    return campaign.abandoned().isEmpty() ? State.FINISHED : State.FAILED;
  }

  private static State state(ControlState hold) {
    return switch (hold) {
      case PAUSED -> State.PAUSED;
      case CANCELLED -> State.CANCELLED;
    };
  }

  /** Counts the ended and planned rounds and trials of a replicate. */
  public static Counts counts(ReplicateState replicate, CampaignSpec spec) {
    List<TrialState> ended = replicate.trials().stream().filter(TrialState::ended).toList();
    int rounds = spec.pruning().rounds() + 1;
    return new Counts(
        (int) ended.stream().filter(trial -> trial.arm().isTicket()).count(),
        rounds,
        ended.size(),
        IntStream.range(0, rounds).map(round -> spec.arms(round).size()).sum(),
        (int) ended.stream().filter(trial -> trial.failure().isPresent()).count());
  }

  private static int sum(List<Counts> counts, ToIntFunction<Counts> part) {
    return counts.stream().mapToInt(part).sum();
  }

  private static OptionalDouble remaining(ReplicateState replicate) {
    List<RoundMask> masks = replicate.masks();
    return masks.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(masks.get(masks.size() - 1).density().remainingPercent());
  }

  /** Test accuracies of the tickets at early stop, ordered by round. */
  private static DoubleStream accuracies(ReplicateState replicate) {
    return replicate.trials().stream()
        .filter(trial -> trial.arm().isTicket())
        .flatMap(trial -> trial.metrics().stream())
        .mapToDouble(TrialMetrics::earlyStopTestAccuracyPercent);
  }

  private static Optional<String> failure(CampaignState campaign) {
    return campaign.abandoned().entrySet().stream()
        .findFirst()
        .map(given -> "replicate " + given.getKey() + ": " + given.getValue().message());
  }
}
