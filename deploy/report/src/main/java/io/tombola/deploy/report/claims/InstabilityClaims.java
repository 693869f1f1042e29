package io.tombola.deploy.report.claims;

import io.tombola.protocol.Arm;
import java.util.List;
import java.util.SortedMap;

/**
 * The claims about stability to the order of the training data (Frankle et al. 2020, section 3).
 */
record InstabilityClaims(Trials trials) {

  private static final Operand COPIES = Operand.mean("mean over copies", Arm.Kind.ORDER);
  private static final Operand THRESHOLD = new Operand.Constant("threshold", 2);

  /** One for each round that has copies under other data orders. */
  List<ClaimScore> scores() {
    SortedMap<Integer, Double> all = trials.rounds(Arm.Kind.ORDER);
    return all.keySet().stream().map(round -> score(round, PrunedRounds.only(all, round))).toList();
  }

  private ClaimScore score(int round, PrunedRounds rounds) {
    String what = round == 0 ? "The dense network" : "The ticket of round " + round;
    return ClaimScore.of(
        new Claim(
            "stable-" + round,
            Source.INSTABILITY,
            what
                + " is stable: on the line to copies under other data orders, test error rises by"
                + " less than 2 points, in the mean over copies.",
            "tickets that win are stable"),
        trials,
        rounds,
        List.of(new ClaimTest(Measure.ERROR_BARRIER, COPIES, Relation.BELOW, THRESHOLD)));
  }
}
