package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import java.util.List;
import java.util.stream.Stream;

/**
 * The numbers that the report's page draws, as it finds them in its JSON.
 *
 * @param rounds those with a result, the dense network first
 * @param arms one line each against Pm
 * @param iterations the grid of all curves, ascending
 * @param curves by round and arm
 */
record ChartData(
    List<Round> rounds, List<Line> arms, List<Integer> iterations, List<MeanCurve> curves) {

  /** A tick of the Pm axis. */
  record Round(int round, double remainingPercent) {}

  /** One arm's summaries by round. */
  record Line(String arm, List<ArmSummary> points) {}

  static ChartData of(Findings findings, MeanCurves curves) {
    List<ArmSummary> summaries = findings.summaries();
    List<Round> rounds =
        summaries.stream()
            .filter(s -> s.kind() == Arm.Kind.TICKET)
            .map(s -> new Round(s.round(), s.remainingPercent()))
            .toList();
    List<Line> arms =
        Stream.of(Arm.Kind.values())
            .map(kind -> new Line(kind.word(), ofTicketRounds(summaries, kind, rounds)))
            .filter(line -> !line.points().isEmpty())
            .toList();
    return new ChartData(
        rounds,
        arms,
        curves.iterations(),
        curves.curves().stream()
            .filter(c -> rounds.stream().anyMatch(r -> r.round() == c.round()))
            .toList());
  }

  private static List<ArmSummary> ofTicketRounds(
      List<ArmSummary> summaries, Arm.Kind kind, List<Round> rounds) {
    return summaries.stream()
        .filter(s -> s.kind() == kind)
        .filter(s -> rounds.stream().anyMatch(r -> r.round() == s.round()))
        .toList();
  }
}
