package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import io.tombola.protocol.record.RoundRecord;
import java.util.List;
import java.util.Optional;

/**
 * What one kind of arm reached in a round: tickets over replicates, controls over replicates and
 * draws. Trials without a result do not count.
 *
 * @param remainingPercent Pm
 * @param stoppedAtTheEnd trials whose validation loss was smallest at their last iteration, so that
 *     the true early stop may lie beyond it
 */
public record ArmSummary(
    int round,
    Arm.Kind kind,
    double remainingPercent,
    SummaryStats earlyStopIteration,
    SummaryStats earlyStopTestAccuracyPercent,
    SummaryStats finalTestAccuracyPercent,
    long stoppedAtTheEnd) {

  /** Summarizes records of one round and kind; empty if none of them has a result. */
  public static Optional<ArmSummary> of(List<RoundRecord> records) {
    List<RoundRecord> ok =
        records.stream().filter(r -> r.status() == RoundRecord.Status.OK).toList();
    if (ok.isEmpty()) {
      return Optional.empty();
    }
    RoundRecord first = ok.get(0);
    return Optional.of(
        new ArmSummary(
            first.round(),
            first.arm().kind(),
            ok.stream().mapToDouble(RoundRecord::remainingPercent).average().orElseThrow(),
            SummaryStats.of(ok.stream().mapToDouble(r -> r.earlyStopIteration().orElseThrow())),
            SummaryStats.of(
                ok.stream().mapToDouble(r -> r.earlyStopTestAccuracyPercent().orElseThrow())),
            SummaryStats.of(
                ok.stream().mapToDouble(r -> r.finalTestAccuracyPercent().orElseThrow())),
            ok.stream()
                .filter(r -> r.earlyStopIteration().orElseThrow() == r.iterations())
                .count()));
  }

  /** Trials with a result. */
  public int n() {
    return earlyStopIteration.n();
  }

  /** The arm's name in sentences: the ticket of round 0 is the dense network. */
  String name() {
    return round == 0 && kind == Arm.Kind.TICKET ? "dense" : kind.word();
  }
}
