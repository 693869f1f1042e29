package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.MaskOverlap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How much the masks of a round have in common: weights that both keep, in percent of those that
 * one of them keeps.
 *
 * @param betweenReplicates over pairs of replicates; empty with fewer than two
 * @param chance what independent random masks of the same densities would have in common
 * @param betweenRounds over replicates, of the ticket's mask and that of the pruned round before;
 *     in an iterative chain, whose masks only shrink, the ratio of their densities
 * @param oneShot over replicates, of the ticket's mask and the one-shot mask of the same round
 * @param oneShotChance what chance would give there
 */
record MaskAgreement(
    int round,
    double remainingPercent,
    Optional<SummaryStats> betweenReplicates,
    Optional<SummaryStats> chance,
    Optional<SummaryStats> betweenRounds,
    Optional<SummaryStats> oneShot,
    Optional<SummaryStats> oneShotChance) {

  private record Pair(Mask a, Mask b) {

    double overlapPercent() {
      return 100 * MaskOverlap.intersectionOverUnion(a, b);
    }

    double chancePercent() {
      return 100 * MaskOverlap.chance(a, b);
    }
  }

  /** Rounds with something to compare, from the first pruned one. */
  static List<MaskAgreement> of(List<ReplicateState> replicates, TrialArtifacts artifacts) {
    int rounds = replicates.stream().mapToInt(r -> r.masks().size()).max().orElse(0);
    return IntStream.range(1, rounds)
        .mapToObj(round -> of(round, replicates, artifacts))
        .filter(MaskAgreement::comparesSomething)
        .toList();
  }

  private boolean comparesSomething() {
    return Stream.of(betweenReplicates, betweenRounds, oneShot).anyMatch(Optional::isPresent);
  }

  private static MaskAgreement of(int round, List<ReplicateState> all, TrialArtifacts artifacts) {
    List<ReplicateState> replicates = all.stream().filter(r -> r.masks().size() > round).toList();
    List<Mask> tickets =
        replicates.stream().flatMap(r -> artifacts.mask(ticket(r, round)).stream()).toList();
    List<Pair> between = pairs(tickets);
    List<Pair> rounds =
        replicates.stream().flatMap(r -> roundBefore(r, round, artifacts).stream()).toList();
    List<Pair> oneShot =
        replicates.stream().flatMap(r -> oneShot(r, round, artifacts).stream()).toList();
    return new MaskAgreement(
        round,
        replicates.get(0).masks().get(round).density().remainingPercent(),
        spread(between.stream().map(Pair::overlapPercent)),
        spread(between.stream().map(Pair::chancePercent)),
        spread(rounds.stream().map(Pair::overlapPercent)),
        spread(oneShot.stream().map(Pair::overlapPercent)),
        spread(oneShot.stream().map(Pair::chancePercent)));
  }

  private static ArtifactRef ticket(ReplicateState replicate, int round) {
    return replicate.masks().get(round).mask();
  }

  private static Optional<Pair> roundBefore(
      ReplicateState replicate, int round, TrialArtifacts artifacts) {
    return round < 2
        ? Optional.empty()
        : artifacts
            .mask(ticket(replicate, round))
            .flatMap(
                mask ->
                    artifacts
                        .mask(ticket(replicate, round - 1))
                        .map(before -> new Pair(before, mask)));
  }

  private static Optional<Pair> oneShot(
      ReplicateState replicate, int round, TrialArtifacts artifacts) {
    return replicate
        .trial(round, Arm.ONE_SHOT)
        .flatMap(trial -> artifacts.mask(trial.start().mask()))
        .flatMap(
            mask -> artifacts.mask(ticket(replicate, round)).map(ticket -> new Pair(ticket, mask)));
  }

  private static List<Pair> pairs(List<Mask> masks) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < masks.size(); i++) {
      for (int j = i + 1; j < masks.size(); j++) {
        pairs.add(new Pair(masks.get(i), masks.get(j)));
      }
    }
    return pairs;
  }

  private static Optional<SummaryStats> spread(Stream<Double> values) {
    double[] all = values.mapToDouble(Double::doubleValue).toArray();
    return all.length == 0 ? Optional.empty() : Optional.of(SummaryStats.of(Arrays.stream(all)));
  }
}
