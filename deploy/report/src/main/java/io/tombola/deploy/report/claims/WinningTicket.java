package io.tombola.deploy.report.claims;

import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.Arm;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The lottery ticket hypothesis itself (Frankle and Carbin 2019, section 1). */
record WinningTicket(Trials trials) {

  private static final Claim CLAIM =
      Claim.paper(
          "winning-ticket",
          "A winning ticket exists: at some Pm below 100 the early stop is no later than that of"
              + " the dense network, and test accuracy no lower.",
          "for Pm down to about 3.6 (LeNet on MNIST)");

  private static final List<ClaimTest> CONTESTS =
      List.of(
          new ClaimTest(Measure.EARLY_STOP, Operand.TICKET, Relation.AT_MOST, Operand.DENSE),
          new ClaimTest(Measure.ACCURACY, Operand.TICKET, Relation.AT_LEAST, Operand.DENSE));

  /** The score of the sparsest round where it holds; if there is none, of the nearest to it. */
  ClaimScore score() {
    SortedMap<Integer, Double> all = trials.rounds(Arm.Kind.TICKET);
    List<ClaimScore> rounds =
        all.keySet().stream()
            .filter(round -> round > 0)
            .map(round -> ClaimScore.of(CLAIM, trials, PrunedRounds.only(all, round), CONTESTS))
            .filter(score -> score.n() > 0)
            .toList();
    return rounds.stream()
        .max(
            Comparator.<ClaimScore>comparingInt(score -> score.verdict() == Verdict.HELD ? 1 : 0)
                .thenComparingDouble(score -> (double) score.held() / score.n())
                .thenComparingInt(ClaimScore::n)
                .thenComparingDouble(score -> -score.remainingPercent().get(0)))
        .map(best -> best.noting(found(rounds)))
        .orElseGet(
            () ->
                ClaimScore.of(
                    CLAIM, trials, PrunedRounds.between(all.headMap(0), 100, 0), CONTESTS));
  }

  private static String found(List<ClaimScore> rounds) {
    List<ClaimScore> holding = rounds.stream().filter(s -> s.verdict() == Verdict.HELD).toList();
    String where =
        holding.isEmpty()
            ? "; shown is the round where it holds in most"
            : ": Pm "
                + holding.stream()
                    .map(s -> NumberText.pm(s.remainingPercent().get(0)))
                    .collect(Collectors.joining(", "))
                + "; shown is the smallest";
    return "Holds in every replicate in "
        + holding.size()
        + " of "
        + NumberText.count(rounds.size(), "round")
        + where
        + ".";
  }
}
