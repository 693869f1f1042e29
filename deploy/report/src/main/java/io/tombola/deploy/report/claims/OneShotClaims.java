package io.tombola.deploy.report.claims;

import io.tombola.protocol.Arm;
import java.util.ArrayList;
import java.util.List;

/** The claims of the paper about one-shot pruning (section 2, "One-shot pruning"; appendix). */
record OneShotClaims(Trials trials) {

  private static final double SMALL = 10;

  /** Of the tickets of a campaign that prunes once. */
  List<ClaimScore> alone() {
    return against(Operand.mean("one-shot ticket", Arm.Kind.TICKET));
  }

  /** Of the one-shot arms beside iterative tickets. */
  List<ClaimScore> beside() {
    Operand.Draws oneShot = Operand.mean("one-shot", Arm.Kind.ONE_SHOT);
    List<ClaimScore> scores = new ArrayList<>(against(oneShot));
    scores.add(
        ClaimScore.of(
            Claim.paper(
                "iterative-beats-one-shot",
                "Iterative tickets are more accurate than one-shot ones in every round with Pm <="
                    + " 10.",
                "above at small Pm (LeNet on MNIST)"),
            trials,
            PrunedRounds.between(trials.rounds(Arm.Kind.ONE_SHOT), SMALL, 0),
            List.of(
                new ClaimTest(
                    Measure.ACCURACY,
                    Operand.mean("iterative ticket", Arm.Kind.TICKET),
                    Relation.ABOVE,
                    oneShot))));
    return scores;
  }

  private List<ClaimScore> against(Operand.Draws oneShot) {
    return List.of(
        ClaimScore.of(
            Claim.paper(
                "one-shot-faster",
                "One-shot tickets learn faster than dense in every round with 67.5 >= Pm >= 17.6:"
                    + " early stop is earlier.",
                "earlier (LeNet on MNIST)"),
            trials,
            PrunedRounds.between(trials.rounds(oneShot.kind()), 67.5, 17.6),
            List.of(new ClaimTest(Measure.EARLY_STOP, oneShot, Relation.BELOW, Operand.DENSE))),
        ClaimScore.of(
            Claim.paper(
                "one-shot-accurate",
                "One-shot tickets are more accurate than dense in every round with 95.0 >= Pm >="
                    + " 5.17.",
                "above (LeNet on MNIST)"),
            trials,
            PrunedRounds.between(trials.rounds(oneShot.kind()), 95.0, 5.17),
            List.of(new ClaimTest(Measure.ACCURACY, oneShot, Relation.ABOVE, Operand.DENSE))));
  }
}
