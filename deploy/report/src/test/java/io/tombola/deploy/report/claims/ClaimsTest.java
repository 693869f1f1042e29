package io.tombola.deploy.report.claims;

import static io.tombola.deploy.report.claims.Verdict.HELD;
import static io.tombola.deploy.report.claims.Verdict.NOT_ENOUGH_DATA;
import static io.tombola.deploy.report.claims.Verdict.NOT_HELD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.report.SummaryStats;
import io.tombola.protocol.Arm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsTest {

  @Test
  void holdsOnlyIfItHoldsInEveryReplicate() {
    Results results =
        new Results()
            .ticket(1, 0, 3000, 97.0)
            .ticket(2, 0, 3000, 97.5)
            .ticket(1, 3, 2000, 97.25)
            .ticket(2, 3, 2600, 97.5);
    ClaimScore faster = results.score("faster-51");
    assertEquals(HELD, faster.verdict());
    assertEquals("held in 2 of 2 replicates", faster.counts());
    assertEquals(List.of(100 * Math.pow(0.8, 3)), faster.remainingPercent());
    assertEquals(
        List.of(
            new ReplicateScore(1, 2000, 3000, 1000, HELD, 1, 1, false),
            new ReplicateScore(2, 2600, 3000, 400, HELD, 1, 1, false)),
        faster.parts().get(0).replicates());
    assertEquals(Optional.of(new SummaryStats(2, 700, 400, 1000)), faster.parts().get(0).margin());
    assertEquals(List.of("On average 23 % earlier."), faster.notes());

    // Equal is not above.
    ClaimScore accurate = results.score("accuracy-51");
    assertEquals(NOT_HELD, accurate.verdict());
    assertEquals("held in 1 of 2 replicates", accurate.counts());
    assertEquals(
        Optional.of(new SummaryStats(2, 0.125, 0, 0.25)), accurate.parts().get(0).margin());
  }

  @Test
  void oneReplicateDecidesNothing() {
    Results results = new Results().ticket(1, 0, 3000, 97.0).ticket(1, 3, 2000, 96.0);
    ClaimScore faster = results.score("faster-51");
    assertEquals(NOT_ENOUGH_DATA, faster.verdict());
    assertEquals("held in 1 of 1 replicate: one replicate is an anecdote", faster.counts());
    ClaimScore accurate = results.score("accuracy-51");
    assertEquals(NOT_ENOUGH_DATA, accurate.verdict());
    assertEquals("held in 0 of 1 replicate: one replicate is an anecdote", accurate.counts());
  }

  @Test
  void aReplicateWithoutOneSideDoesNotCount() {
    ClaimScore score =
        new Results()
            .ticket(1, 0, 3000, 97.0)
            .ticket(2, 0, 3000, 97.0)
            .ticket(1, 3, 2000, 97.5)
            .failed(2, 3, Arm.TICKET)
            .score("faster-51");
    assertEquals(1, score.n());
    assertEquals(NOT_ENOUGH_DATA, score.verdict());
  }

  @ParameterizedTest
  // 100 * 0.8^n: 64.0, 51.2 and 41.0; the claim is of 51.3.
  @CsvSource({"2, false", "3, true", "4, false"})
  void aRoundFarFromTheClaimedPmDoesNotStandForIt(int round, boolean stands) {
    ClaimScore score =
        new Results()
            .ticket(1, 0, 3000, 97)
            .ticket(2, 0, 3000, 97)
            .ticket(1, round, 2000, 97)
            .ticket(2, round, 2000, 97)
            .score("faster-51");
    assertEquals(stands ? HELD : NOT_ENOUGH_DATA, score.verdict());
    assertEquals(!stands, score.notes().contains("There is no round within 15 % of Pm 51.3."));
  }

  @Test
  void theSparsestWinningTicketIsShown() {
    ClaimScore score =
        new Results()
            .ticket(1, 0, 3000, 97.0)
            .ticket(2, 0, 3000, 97.0)
            .ticket(1, 1, 3000, 97.0)
            .ticket(2, 1, 3000, 97.0)
            .ticket(1, 2, 2900, 97.0)
            .ticket(2, 2, 3000, 97.1)
            .ticket(1, 3, 2900, 97.0)
            .ticket(2, 3, 2900, 96.9)
            .ticket(1, 4, 2900, 97.0)
            .score("winning-ticket");
    assertEquals(HELD, score.verdict());
    assertEquals(100 * Math.pow(0.8, 2), score.remainingPercent().get(0), 1e-9);
    assertTrue(
        score
            .notes()
            .contains(
                "Holds in every replicate in 2 of 4 rounds: Pm 80.0, 64.0; shown is the"
                    + " smallest."),
        score.notes().toString());
  }

  @Test
  void aWinningTicketMustDoBothInTheSameReplicate() {
    ClaimScore score =
        new Results()
            .ticket(1, 0, 3000, 97.0)
            .ticket(2, 0, 3000, 97.0)
            .ticket(1, 1, 3100, 98.0)
            .ticket(2, 1, 2900, 96.0)
            .score("winning-ticket");
    assertEquals(NOT_HELD, score.verdict());
    assertEquals("held in 0 of 2 replicates", score.counts());
  }

  @Test
  void fasterStillComparesTwoRoundsOfTickets() {
    ClaimScore score =
        new Results()
            .ticket(1, 3, 2000, 97)
            .ticket(2, 3, 2000, 97)
            .ticket(1, 7, 1500, 97)
            .ticket(2, 7, 2000, 97)
            .score("faster-still-21");
    assertEquals(NOT_HELD, score.verdict());
    assertEquals(500, score.parts().get(0).replicates().get(0).margin());
    assertEquals("ticket at Pm 51.3", score.parts().get(0).reference());
  }

  @Test
  void theDenseLevelHasAStatedTolerance() {
    ClaimScore score =
        new Results()
            .ticket(1, 0, 3000, 97.0)
            .ticket(2, 0, 3000, 97.0)
            .ticket(1, 15, 3000, 96.8)
            .ticket(2, 15, 3000, 96.79)
            .score("dense-level-3.6");
    assertEquals(NOT_HELD, score.verdict());
    assertEquals(1, score.held());
    assertEquals(-0.2, score.parts().get(0).replicates().get(0).margin(), 1e-9);
    assertTrue(score.claim().statement().contains("at most 0.2 points less"));
  }

  @Test
  void ticketsAreHeldAgainstTheMeanAndTheBestOfTheirOwnReinits() {
    Results results =
        new Results("controls.reinit=2")
            .ticket(1, 15, 1000, 97.0)
            .ticket(2, 15, 1000, 97.0)
            .add(1, 15, Arm.reinit(1), 2000, 95.0)
            .add(1, 15, Arm.reinit(2), 800, 97.5)
            .add(2, 15, Arm.reinit(1), 1500, 96.0)
            .add(2, 15, Arm.reinit(2), 1500, 96.5);
    ClaimScore mean = results.score("beats-reinit-3.6");
    assertEquals(HELD, mean.verdict());
    assertEquals(96.25, mean.parts().get(0).replicates().get(0).reference());
    ClaimScore best = results.score("beats-best-reinit-3.6");
    assertEquals(NOT_HELD, best.verdict());
    assertEquals(-0.5, best.parts().get(0).replicates().get(0).margin());
    assertEquals(HELD, results.score("faster-than-reinit-3.6").verdict());
  }

  @Test
  void overARangeItMustHoldInEveryRoundAndTheRoundsAreCounted() {
    Results results = new Results("controls.reinit=1");
    for (int replicate = 1; replicate <= 2; replicate++) {
      for (int round = 2; round <= 5; round++) {
        results.ticket(replicate, round, 1000, 97.0);
        boolean loses = replicate == 2 && round == 4;
        results.add(replicate, round, Arm.reinit(1), 1000, loses ? 98.0 : 96.0);
      }
    }
    ClaimScore score = results.score("beats-reinit");
    // Round 2 has more than 51.3 % of the weights.
    assertEquals(3, score.remainingPercent().size());
    assertEquals(NOT_HELD, score.verdict());
    assertEquals(
        new ReplicateScore(2, 97, (96 + 98 + 96) / 3.0, 97 - 290 / 3.0, NOT_HELD, 3, 2, false),
        score.parts().get(0).replicates().get(1));
    assertEquals(
        List.of("Round by round: held in 5 of 6 rounds of all replicates (3/3, 2/3)."),
        score.notes());
  }

  @Test
  void reinitsAreClaimedToBeSlowerAndWorseThanDense() {
    Results results = new Results("controls.reinit=1");
    for (int replicate = 1; replicate <= 2; replicate++) {
      results.ticket(replicate, 0, 3000, 97.0).ticket(replicate, 7, 1, 1);
      results.add(replicate, 7, Arm.reinit(1), 3500, 97.0 + replicate - 1.5);
    }
    assertEquals(HELD, results.score("reinit-slower").verdict());
    assertEquals(NOT_HELD, results.score("reinit-less-accurate").verdict());
  }

  @Test
  void onlyClaimsOfTrainingsThatTheCampaignAsksForAreScored() {
    List<String> ids = ids(new Results("controls.reinit=0", "controls.random-mask=0"));
    assertEquals(
        List.of(
            "winning-ticket",
            "faster-51",
            "faster-21",
            "faster-still-21",
            "accuracy-51",
            "accuracy-13",
            "dense-level-3.6"),
        ids);
    List<String> more =
        ids(
            new Results(
                "controls.random-mask=1", "controls.layer-shuffle=1", "controls.same-sign=1"));
    assertTrue(
        more.containsAll(
            List.of("beats-random", "faster-than-random", "beats-shuffled", "beats-same-sign")));
  }

  @Test
  void oneShotIsScoredBesideIterativeTickets() {
    Results results = new Results("controls.one-shot=true");
    for (int replicate = 1; replicate <= 2; replicate++) {
      results.ticket(replicate, 0, 3000, 97.0);
      results.ticket(replicate, 2, 2000, 97.5).add(replicate, 2, Arm.ONE_SHOT, 2500, 97.2);
      results.ticket(replicate, 12, 2000, 97.5).add(replicate, 12, Arm.ONE_SHOT, 9, 97.5);
    }
    assertEquals(HELD, results.score("one-shot-faster").verdict());
    assertEquals(1, results.score("one-shot-faster").remainingPercent().size());
    assertEquals(2, results.score("one-shot-accurate").remainingPercent().size());
    assertEquals(NOT_HELD, results.score("iterative-beats-one-shot").verdict());
  }

  @Test
  void aCampaignThatPrunesOnceIsScoredByItsTickets() {
    Results results = new Results("pruning.schedule=one-shot");
    for (int replicate = 1; replicate <= 2; replicate++) {
      results.ticket(replicate, 0, 3000, 97.0).ticket(replicate, 2, 2500, 97.2);
    }
    assertEquals(HELD, results.score("one-shot-faster").verdict());
    assertEquals("one-shot ticket", results.score("one-shot-faster").parts().get(0).subject());
    assertFalse(ids(results).contains("faster-51"));
    assertFalse(ids(results).contains("iterative-beats-one-shot"));
  }

  @Test
  void stabilityIsScoredInEachMeasuredRoundByTheMeanOverCopies() {
    Results results =
        new Results()
            .barrier(1, 0, 1, 1.0)
            .barrier(1, 0, 2, 2.5)
            .barrier(2, 0, 1, 1.5)
            .barrier(2, 0, 2, 2.5)
            .barrier(1, 5, 1, 0.5)
            .barrier(2, 5, 1, -0.25);
    ClaimScore dense = results.score("stable-0");
    assertEquals(NOT_HELD, dense.verdict());
    assertEquals(1, dense.held());
    assertEquals(1.75, dense.parts().get(0).replicates().get(0).value());
    assertEquals(HELD, results.score("stable-5").verdict());
    assertEquals(
        new SummaryStats(2, 1.875, 1.5, 2.25),
        results.score("stable-5").parts().get(0).margin().orElseThrow());
  }

  private static List<String> ids(Results results) {
    return results.scores().stream().map(score -> score.claim().id()).toList();
  }
}
