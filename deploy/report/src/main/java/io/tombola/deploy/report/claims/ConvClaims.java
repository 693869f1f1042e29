package io.tombola.deploy.report.claims;

import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.Arm;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The claims of the paper about convolutional networks (section 3, figure 5). */
record ConvClaims(Trials trials, String network) {

  private record Reported(String earlier, String points) {}

  private static final Map<String, Reported> REPORTED =
      Map.of(
          "conv-2", new Reported("3.5", "3.4"),
          "conv-4", new Reported("3.5", "3.5"),
          "conv-6", new Reported("2.5", "3.3"));

  /** None for another network. */
  List<ClaimScore> scores() {
    return Optional.ofNullable(REPORTED.get(network))
        .map(reported -> List.of(earlier(reported), moreAccurate(reported)))
        .orElse(List.of());
  }

  private ClaimScore earlier(Reported reported) {
    ClaimScore score =
        atBest(
            Claim.paper(
                "conv-faster",
                "At best, tickets stop earlier than dense.",
                reported.earlier() + " times earlier (" + network + " on CIFAR-10)"),
            new ClaimTest(Measure.EARLY_STOP, Operand.TICKET, Relation.BELOW, Operand.DENSE));
    TestResult part = score.parts().get(0);
    return part.replicates().isEmpty() || part.meanValue() == 0
        ? score
        : score.noting(
            "%s times earlier; the paper: %s times."
                .formatted(
                    NumberText.percent(part.meanReference() / part.meanValue()),
                    reported.earlier()));
  }

  private ClaimScore moreAccurate(Reported reported) {
    ClaimScore score =
        atBest(
            Claim.paper(
                "conv-accurate",
                "At best, tickets are more accurate than dense.",
                "+" + reported.points() + " points (" + network + " on CIFAR-10)"),
            new ClaimTest(Measure.ACCURACY, Operand.TICKET, Relation.ABOVE, Operand.DENSE));
    return score
        .parts()
        .get(0)
        .margin()
        .map(
            margin ->
                score.noting(
                    "%s points; the paper: +%s points."
                        .formatted(
                            Measure.ACCURACY.formatMargin(margin.mean()), reported.points())))
        .orElse(score);
  }

  /** The round with the best mean margin: every replicate is scored in the same round. */
  private ClaimScore atBest(Claim claim, ClaimTest contest) {
    SortedMap<Integer, Double> all = trials.rounds(Arm.Kind.TICKET);
    List<ClaimScore> rounds =
        all.keySet().stream()
            .filter(round -> round > 0)
            .map(
                round ->
                    ClaimScore.of(claim, trials, PrunedRounds.only(all, round), List.of(contest)))
            .filter(score -> score.parts().get(0).margin().isPresent())
            .toList();
    int most = rounds.stream().mapToInt(ConvClaims::replicates).max().orElse(0);
    return rounds.stream()
        .filter(score -> replicates(score) == most)
        .max(
            Comparator.comparingDouble(score -> score.parts().get(0).margin().orElseThrow().mean()))
        .map(
            best ->
                best.noting(
                    "The best of "
                        + NumberText.count(rounds.size(), "round")
                        + " by the mean of these very numbers, which favours the ticket."))
        .orElseGet(
            () ->
                ClaimScore.of(
                    claim, trials, PrunedRounds.between(all.headMap(0), 100, 0), List.of(contest)));
  }

  private static int replicates(ClaimScore score) {
    return score.parts().get(0).replicates().size();
  }
}
