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

/** Since when a trial is ready, and what a lease reports of its device. */
final class TrialReadinessTest {

  private static final long DENSE_TRAINED = Long.MIN_VALUE / 2;
  private static final Step.Train DENSE = new Step.Train(0, Arm.TICKET);
  private static final CampaignSpec CAMPAIGN = TestCampaigns.small("readiness", 3);

  @Test
  void aPrunedTrialIsReadySinceTheTrainingOfItsMaskSource() {
    TrialReadiness readiness = new TrialReadiness(CAMPAIGN);
    readiness.trained(DENSE, DENSE_TRAINED);
    assertEquals(DENSE_TRAINED, readiness.sinceNanos(new Step.Train(1, Arm.TICKET)));
    assertEquals(DENSE_TRAINED, readiness.sinceNanos(new Step.Train(1, Arm.reinit(1))));
    assertEquals(
        DENSE_TRAINED, readiness.sinceNanos(new Step.Train(0, new Arm(Arm.Kind.ORDER, 1))));
    assertNotEquals(DENSE_TRAINED, readiness.sinceNanos(new Step.Train(2, Arm.TICKET)));
    assertNotEquals(DENSE_TRAINED, readiness.sinceNanos(DENSE));
  }

  @Test
  void aTrialThatIsRequestedAgainIsReadySinceNow() {
    TrialReadiness readiness = new TrialReadiness(CAMPAIGN);
    readiness.trained(DENSE, DENSE_TRAINED);
    Step.Train ticket = new Step.Train(1, Arm.TICKET);
    assertEquals(DENSE_TRAINED, readiness.sinceNanos(ticket));
    assertNotEquals(DENSE_TRAINED, readiness.sinceNanos(ticket));
  }

  @Test
  void allRoundsOfAOneShotCampaignAreReadySinceTheDenseTraining() {
    PruningSpec iterative = CAMPAIGN.pruning();
    PruningSpec oneShot =
        new PruningSpec(
            PruningSpec.Schedule.ONE_SHOT,
            iterative.rounds(),
            iterative.rates(),
            iterative.scope(),
            iterative.criterion());
    TrialReadiness readiness = new TrialReadiness(TestCampaigns.with(CAMPAIGN, oneShot));
    readiness.trained(DENSE, DENSE_TRAINED);
    assertEquals(DENSE_TRAINED, readiness.sinceNanos(new Step.Train(3, Arm.TICKET)));
  }

  @Test
  void aLeaseReportsEachPieceOfItsTimeOnce() {
    LeaseUsage lease = new LeaseUsage("cpu:0", System.nanoTime() - 5_000_000_000L);
    lease.trainingStarted();
    DeviceUsage first = lease.next(3_000);
    DeviceUsage second = lease.next(3_500);
    assertEquals(3_000, first.computingMillis());
    assertTrue(first.wantedMillis() >= 5_000, "it was demanded before it was leased");
    assertEquals(500, second.computingMillis());
    lease.trainingStarted();
    assertEquals(40, lease.next(40).computingMillis(), "another training counts from 0");
    assertEquals(60, new DeviceUsage("cpu:0", 3, 5).utilisationPercent());
    assertEquals(100, new DeviceUsage("cpu:0", 0, 0).utilisationPercent());
  }
}
