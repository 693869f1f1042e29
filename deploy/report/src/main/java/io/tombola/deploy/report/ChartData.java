package io.tombola.deploy.report;

import io.tombola.protocol.Arm;
import java.util.List;
import java.util.stream.Stream;

/**
 * The numbers that the report's page draws, embedded in it as JSON.
 *
 * @param rounds those with a result, the dense network first
 * @param arms one line each against Pm
 * @param iterations the grid of the curves' losses, ascending
 * @param testIterations the grid of their test accuracies, ascending
 * @param curves by round and arm
 */
record ChartData(
    List<Round> rounds,
    List<Line> arms,
    List<Integer> iterations,
    List<Integer> testIterations,
    List<MeanCurve> curves,
    LayerDensities densities,
    Analysis analysis) {

  /** A tick of the Pm axis. */
  record Round(int round, double remainingPercent) {}

  /**
   * One arm's summaries by round.
   *
   * @param arm the word that its curves have
   * @param label what it is called
   */
  record Line(String arm, String label, List<ArmSummary> points) {}

  static ChartData of(
      Findings findings, MeanCurves curves, LayerDensities densities, Analysis analysis) {
    List<Round> rounds = rounds(findings);
    List<Line> arms = arms(findings);
    return new ChartData(
        rounds,
        arms,
        curves.iterations(),
        curves.testIterations(),
        curves.curves().stream()
            .filter(c -> rounds.stream().anyMatch(r -> r.round() == c.round()))
            .filter(c -> arms.stream().anyMatch(line -> line.arm().equals(c.arm())))
            .toList(),
        densities,
        analysis);
  }

  /** Those whose tickets have a result. */
  static List<Round> rounds(Findings findings) {
    return findings.summaries().stream()
        .filter(s -> s.kind() == Arm.Kind.TICKET)
        .map(s -> new Round(s.round(), s.remainingPercent()))
        .toList();
  }

  /** Copies under other data orders have figures of their own. */
  static List<Line> arms(Findings findings) {
    return Stream.of(Arm.Kind.values())
        .filter(kind -> kind != Arm.Kind.ORDER)
        .map(kind -> new Line(kind.word(), findings.nameOf(kind), ofTicketRounds(findings, kind)))
        .filter(line -> !line.points().isEmpty())
        .toList();
  }

  private static List<ArmSummary> ofTicketRounds(Findings findings, Arm.Kind kind) {
    return findings.summaries().stream()
        .filter(s -> s.kind() == kind)
        .filter(s -> findings.summary(s.round(), Arm.Kind.TICKET).isPresent())
        .toList();
  }
}
