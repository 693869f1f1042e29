package io.tombola.deploy.report.claims;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.record.RoundRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvClaimsTest {

  private static final Trials TRIALS =
      new Trials(
          new Results()
              .ticket(1, 0, 3000, 70.0)
              .ticket(2, 0, 3000, 71.0)
              .ticket(1, 1, 1500, 73.0)
              .ticket(2, 1, 1500, 73.0)
              .ticket(1, 2, 800, 70.0)
              .ticket(2, 2, 1200, 72.0)
              .records());

  @Test
  void theBestRoundOfAllStandsBesideThePapersNumber() {
    List<ClaimScore> scores = new ConvClaims(TRIALS, "conv-2").scores();
    ClaimScore faster = scores.get(0);
    assertEquals(Verdict.HELD, faster.verdict());
    assertEquals(64, faster.remainingPercent().get(0), 1e-9);
    assertTrue(faster.notes().contains("3.00 times earlier; the paper: 3.5 times."));
    ClaimScore accurate = scores.get(1);
    assertEquals(80, accurate.remainingPercent().get(0), 1e-9);
    assertEquals(2.5, accurate.parts().get(0).margin().orElseThrow().mean());
    assertTrue(accurate.notes().contains("+2.50 points; the paper: +3.4 points."));
    assertTrue(accurate.notes().get(0).startsWith("The best of 2 rounds"));
  }

  @Test
  void aRoundWithFewerReplicatesIsNotTheBest() {
    List<RoundRecord> records = new ArrayList<>(TRIALS.records());
    records.addAll(new Results().ticket(1, 3, 10, 99.0).records());
    List<ClaimScore> scores = new ConvClaims(new Trials(records), "conv-6").scores();
    assertEquals(2, scores.get(0).n());
  }

  @Test
  void anotherNetworkHasNoSuchNumbers() {
    assertEquals(List.of(), new ConvClaims(TRIALS, "lenet-300-100").scores());
  }
}
