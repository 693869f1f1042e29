package io.tombola.deploy.report.claims;

import io.tombola.protocol.Arm;
import java.util.List;

/** Claims that compare tickets with their controls. */
record ControlClaims(Trials trials) {

  private static final double HALF = 51.3;
  private static final double FIFTH = 21.1;
  private static final double FEW = 3.58;

  private static final Operand REINITS = Operand.mean("mean of its reinits", Arm.Kind.REINIT);
  private static final Operand BEST_REINIT =
      Operand.highest("best of its reinits", Arm.Kind.REINIT);
  private static final Operand RANDOMS = Operand.mean("mean of its random masks", Arm.Kind.RANDOM);

  /** The initialisation matters (sections 1 and 2, figure 4). */
  List<ClaimScore> reinit() {
    PrunedRounds few = PrunedRounds.nearest(trials.rounds(Arm.Kind.REINIT), FEW);
    PrunedRounds half = PrunedRounds.between(trials.rounds(Arm.Kind.REINIT), HALF, 0);
    PrunedRounds fifth = PrunedRounds.between(trials.rounds(Arm.Kind.REINIT), FIFTH, 0);
    return List.of(
        ClaimScore.of(
            Claim.paper(
                "beats-reinit-3.6",
                "Tickets at Pm 3.58 are more accurate than the mean of their reinits.",
                "above (figure 4)"),
            trials,
            few,
            List.of(accuracy(Relation.ABOVE, REINITS))),
        ClaimScore.of(
            Claim.paper(
                "beats-best-reinit-3.6",
                "Tickets at Pm 3.58 are more accurate than the best of their reinits.",
                "above (figure 4)"),
            trials,
            few,
            List.of(accuracy(Relation.ABOVE, BEST_REINIT))),
        ClaimScore.of(
            Claim.paper(
                "faster-than-reinit-3.6",
                "Tickets at Pm 3.58 learn faster than their reinits: early stop is earlier.",
                "earlier (figure 4)"),
            trials,
            few,
            List.of(stop(Operand.TICKET, Relation.BELOW, REINITS))),
        ClaimScore.of(
            Claim.paper(
                "beats-reinit",
                "Tickets are more accurate than the mean of their reinits in every round with Pm <="
                    + " 51.3.",
                "above (figure 4)"),
            trials,
            half,
            List.of(accuracy(Relation.ABOVE, REINITS))),
        ClaimScore.of(
            Claim.paper(
                "reinit-slower",
                "Reinits learn slower than dense in every round with Pm <= 21.1: early stop is"
                    + " later.",
                "ever later (LeNet on MNIST)"),
            trials,
            fifth,
            List.of(stop(REINITS, Relation.ABOVE, Operand.DENSE))),
        ClaimScore.of(
            Claim.paper(
                "reinit-less-accurate",
                "Reinits are less accurate than dense in every round with Pm <= 21.1.",
                "below from about 21 % on (LeNet on MNIST)"),
            trials,
            fifth,
            List.of(new ClaimTest(Measure.ACCURACY, REINITS, Relation.BELOW, Operand.DENSE))));
  }

  /** The structure matters (section 1, figure 1). */
  List<ClaimScore> random() {
    PrunedRounds half = PrunedRounds.between(trials.rounds(Arm.Kind.RANDOM), HALF, 0);
    return List.of(
        ClaimScore.of(
            Claim.paper(
                "beats-random",
                "Tickets are more accurate than the mean of their random masks in every round with"
                    + " Pm <= 51.3.",
                "above (figure 1)"),
            trials,
            half,
            List.of(accuracy(Relation.ABOVE, RANDOMS))),
        ClaimScore.of(
            Claim.paper(
                "faster-than-random",
                "Tickets learn faster than their random masks in every round with Pm <= 51.3: early"
                    + " stop is earlier.",
                "earlier (figure 1)"),
            trials,
            half,
            List.of(stop(Operand.TICKET, Relation.BELOW, RANDOMS))));
  }

  /** Whether more than the density of each layer matters. */
  ClaimScore shuffled() {
    return question(
        new Claim(
            "beats-shuffled",
            Source.LAYER_DENSITIES,
            "Do tickets beat their masks shuffled within each layer, in accuracy, in every round"
                + " with Pm <= 51.3?",
            ""),
        Operand.mean("mean of its layer-shuffled masks", Arm.Kind.SHUFFLED));
  }

  /** Whether more than the signs of the initial weights matters. */
  ClaimScore sameSign() {
    return question(
        new Claim(
            "beats-same-sign",
            Source.SIGNS,
            "Do tickets beat reinits with the ticket's signs, in accuracy, in every round with Pm"
                + " <= 51.3?",
            ""),
        Operand.mean("mean of its same-sign reinits", Arm.Kind.SAME_SIGN));
  }

  private ClaimScore question(Claim claim, Operand.Draws control) {
    return ClaimScore.of(
        claim,
        trials,
        PrunedRounds.between(trials.rounds(control.kind()), HALF, 0),
        List.of(accuracy(Relation.ABOVE, control)));
  }

  private static ClaimTest accuracy(Relation relation, Operand reference) {
    return new ClaimTest(Measure.ACCURACY, Operand.TICKET, relation, reference);
  }

  private static ClaimTest stop(Operand subject, Relation relation, Operand reference) {
    return new ClaimTest(Measure.EARLY_STOP, subject, relation, reference);
  }
}
