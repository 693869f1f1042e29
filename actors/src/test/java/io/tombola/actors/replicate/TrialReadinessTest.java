package io.tombola.actors.replicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.TestCampaigns;
import io.tombola.actors.round.Step;
import io.tombola.protocol.Arm;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.trial.DeviceUsage;
import org.junit.jupiter.api.Test;

/** What counts as time in which a device could have worked. */
final class TrialReadinessTest {

  private static final long DENSE_DONE = Long.MIN_VALUE / 2;
  private static final Step.Train DENSE = new Step.Train(0, Arm.TICKET);
  private static final CampaignSpec CAMPAIGN = TestCampaigns.small("chances", 3);

  @Test
  void aPrunedTrialCouldRunOnceTheChainWasTrainedBeforeItWasPruned() {
    TrialReadiness chances = new TrialReadiness(CAMPAIGN);
    chances.trained(DENSE, DENSE_DONE);
    assertEquals(DENSE_DONE, chances.sinceNanos(new Step.Train(1, Arm.TICKET)));
    assertEquals(DENSE_DONE, chances.sinceNanos(new Step.Train(1, Arm.reinit(1))));
    assertEquals(DENSE_DONE, chances.sinceNanos(new Step.Train(0, new Arm(Arm.Kind.ORDER, 1))));
    assertNotEquals(DENSE_DONE, chances.sinceNanos(new Step.Train(2, Arm.TICKET)));
    assertNotEquals(DENSE_DONE, chances.sinceNanos(DENSE));
  }

  @Test
  void aTrialThatIsAskedForAgainCouldNotRunBefore() {
    TrialReadiness chances = new TrialReadiness(CAMPAIGN);
    chances.trained(DENSE, DENSE_DONE);
    Step.Train ticket = new Step.Train(1, Arm.TICKET);
    assertEquals(DENSE_DONE, chances.sinceNanos(ticket));
    assertNotEquals(DENSE_DONE, chances.sinceNanos(ticket));
  }

  @Test
  void allRoundsOfAOneShotCampaignCouldRunAfterTheDenseNetwork() {
    PruningSpec iterative = CAMPAIGN.pruning();
    PruningSpec oneShot =
        new PruningSpec(
            PruningSpec.Schedule.ONE_SHOT,
            iterative.rounds(),
            iterative.rates(),
            iterative.scope(),
            iterative.criterion());
    TrialReadiness chances = new TrialReadiness(TestCampaigns.with(CAMPAIGN, oneShot));
    chances.trained(DENSE, DENSE_DONE);
    assertEquals(DENSE_DONE, chances.sinceNanos(new Step.Train(3, Arm.TICKET)));
  }

  @Test
  void aLeaseTellsEachPieceOfItsTimeOnce() {
    LeaseUsage lease = new LeaseUsage("cpu:0", System.nanoTime() - 5_000_000_000L);
    lease.trainingStarted();
    DeviceUsage first = lease.next(3_000);
    DeviceUsage second = lease.next(3_500);
    assertEquals(3_000, first.computingMillis());
    assertTrue(first.wantedMillis() >= 5_000, "it was wanted before it was lent");
    assertEquals(500, second.computingMillis());
    lease.trainingStarted();
    assertEquals(40, lease.next(40).computingMillis(), "another order counts from 0");
    assertEquals(60, new DeviceUsage("cpu:0", 3, 5).utilisationPercent());
    assertEquals(100, new DeviceUsage("cpu:0", 0, 0).utilisationPercent());
  }
}
