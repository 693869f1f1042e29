package io.tombola.deploy.report.claims;

import static io.tombola.deploy.report.claims.Verdict.HELD;
import static io.tombola.deploy.report.claims.Verdict.NOT_ENOUGH_DATA;
import static io.tombola.deploy.report.claims.Verdict.NOT_HELD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.Arm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An early stop at the last iteration is a lower bound of the true one. */
class CensoredClaimsTest {

  private static final int LAST = Results.ITERATIONS;

  @ParameterizedTest
  @CsvSource({
    // The true early stop of dense is even later.
    "5000, 3000, HELD",
    // That of the ticket is even later.
    "3000, 5000, NOT_HELD",
    // Which comes first is unknown.
    "5000, 5000, NOT_ENOUGH_DATA"
  })
  void itDecidesOnlyWhatALaterStopCannotOverturn(int dense, int ticket, Verdict verdict) {
    ClaimScore score =
        new Results()
            .ticket(1, 0, dense, 97)
            .ticket(2, 0, dense, 97)
            .ticket(1, 3, ticket, 97)
            .ticket(2, 3, ticket, 97)
            .score("faster-51");
    assertEquals(verdict, score.verdict());
    assertTrue(score.parts().get(0).replicates().get(0).atLastIteration());
    assertTrue(
        score.notes().stream().anyMatch(note -> note.startsWith("Censored: in 2 replicates")),
        score.notes().toString());
  }

  @Test
  void aMeanWithOneLowerBoundIsALowerBound() {
    Results results = new Results("controls.reinit=2");
    for (int replicate = 1; replicate <= 2; replicate++) {
      results
          .ticket(replicate, 15, 4500, 97)
          .add(replicate, 15, Arm.reinit(1), 2000, 96)
          .add(replicate, 15, Arm.reinit(2), LAST, 96);
    }
    ClaimScore score = results.score("faster-than-reinit-3.6");
    assertEquals(3500, score.parts().get(0).replicates().get(0).reference());
    assertEquals(NOT_ENOUGH_DATA, score.verdict());
    assertEquals("no replicate decides it", score.counts());
    assertTrue(score.notes().get(1).endsWith("it is undecided."), score.notes().toString());
  }

  @Test
  void laterThanDenseHoldsThoughTheStopIsALowerBound() {
    Results results = new Results("controls.reinit=1");
    for (int replicate = 1; replicate <= 2; replicate++) {
      results.ticket(replicate, 0, 3000, 97).add(replicate, 8, Arm.reinit(1), LAST, 96);
    }
    assertEquals(HELD, results.score("reinit-slower").verdict());
  }

  @Test
  void accuraciesAreComparedAsMeasuredAndTheRowSaysSo() {
    Results results = new Results();
    for (int replicate = 1; replicate <= 2; replicate++) {
      results.ticket(replicate, 0, LAST, 97).ticket(replicate, 3, LAST, 96);
    }
    ClaimScore score = results.score("accuracy-51");
    assertEquals(NOT_HELD, score.verdict());
    assertTrue(score.notes().get(0).startsWith("Censored"), score.notes().toString());
  }
}
