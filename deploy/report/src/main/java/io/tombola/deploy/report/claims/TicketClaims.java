package io.tombola.deploy.report.claims;

import io.tombola.protocol.Arm;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/** What the paper says of iteratively pruned tickets beside their dense networks (section 2). */
record TicketClaims(Trials trials) {

  private static final double HALF = 51.3;
  private static final double FIFTH = 21.1;
  private static final double EIGHTH = 13.5;
  private static final double FEW = 3.6;
  private static final double TOLERANCE_POINTS = 0.2;

  List<ClaimScore> scores() {
    return List.of(
        faster(HALF, "faster-51", "earlier (figure 3)"),
        faster(FIFTH, "faster-21", "38 % earlier (LeNet on MNIST)"),
        fasterStill(),
        moreAccurate(HALF, "accuracy-51", "above dense (figure 3)"),
        moreAccurate(EIGHTH, "accuracy-13", "more than 0.3 points above (LeNet on MNIST)"),
        back());
  }

  private ClaimScore faster(double pm, String id, String reported) {
    return ClaimScore.of(
        Claim.paper(
            id,
            "Tickets at Pm " + pm + " learn faster than dense: early stop is earlier.",
            reported),
        trials,
        near(pm),
        List.of(new ClaimTest(Measure.EARLY_STOP, Operand.TICKET, Relation.BELOW, Operand.DENSE)));
  }

  private ClaimScore fasterStill() {
    OptionalInt half =
        near(HALF).remainingPercent().keySet().stream().mapToInt(Integer::intValue).findFirst();
    PrunedRounds fifth = half.isPresent() ? near(FIFTH) : near(HALF);
    Operand ticketOfHalf = Operand.TICKET.at("ticket at Pm " + HALF, half.orElse(0));
    return ClaimScore.of(
        Claim.paper(
            "faster-still-21",
            "Tickets at Pm " + FIFTH + " learn faster still than those at Pm " + HALF + ".",
            "earlier still (figure 3)"),
        trials,
        fifth,
        List.of(new ClaimTest(Measure.EARLY_STOP, Operand.TICKET, Relation.BELOW, ticketOfHalf)));
  }

  private ClaimScore moreAccurate(double pm, String id, String reported) {
    return ClaimScore.of(
        Claim.paper(id, "Tickets at Pm " + pm + " are more accurate than dense.", reported),
        trials,
        near(pm),
        List.of(new ClaimTest(Measure.ACCURACY, Operand.TICKET, Relation.ABOVE, Operand.DENSE)));
  }

  private ClaimScore back() {
    return ClaimScore.of(
        Claim.paper(
            "dense-level-3.6",
            "Tickets at Pm "
                + FEW
                + " are still as accurate as dense, or at most "
                + TOLERANCE_POINTS
                + " points less (a tolerance of this report's).",
            "back at the level of dense (LeNet on MNIST)"),
        trials,
        near(FEW),
        List.of(
            new ClaimTest(
                Measure.ACCURACY,
                Operand.TICKET,
                Relation.atLeastWithin(TOLERANCE_POINTS),
                Operand.DENSE)));
  }

  private PrunedRounds near(double pm) {
    SortedMap<Integer, Double> all = trials.rounds(Arm.Kind.TICKET);
    return PrunedRounds.nearest(all, pm);
  }
}
