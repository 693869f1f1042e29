package io.tombola.actors.replicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.TestCampaigns;
import io.tombola.actors.round.Step;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.spec.AnalysisSpec;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.protocol.trial.TrialStart;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplicatePlanTest {

  private static final Instant AT = Instant.EPOCH;
  private static final ArtifactRef REF = new ArtifactRef("a".repeat(64));
  private static final MaskDensity DENSITY =
      new MaskDensity(List.of(new MaskDensity.Layer("fc", 1, 2)));
  private static final Arm REINIT = Arm.reinit(1);
  private static final PruningSpec ONE_SHOT =
      new PruningSpec(
          Schedule.ONE_SHOT,
          2,
          new PruningSpec.Rates(0.2, 0.1),
          PruningSpec.Scope.LAYER,
          Criterion.MAGNITUDE);

  @Test
  void drawsTheWeightsFirst() {
    assertEquals(List.of(new Step.Initialize()), ReplicatePlan.next(after(started())));
  }

  @Test
  void plansADenseRoundStepByStep() {
    assertEquals(
        List.of(new Step.Prepare(0, Arm.TICKET)), ReplicatePlan.next(after(started(), drawn())));
    assertEquals(
        List.of(new Step.Train(0, Arm.TICKET)),
        ReplicatePlan.next(after(started(), drawn(), prepared(0, Arm.TICKET))));
  }

  @Test
  void prunesAsSoonAsTheTicketIsTrained() {
    ReplicateState trained =
        after(started(), drawn(), prepared(0, Arm.TICKET), trained(0, Arm.TICKET));
    assertEquals(
        List.of(new Step.Prune(1), new Step.Evaluate(0, Arm.TICKET)), ReplicatePlan.next(trained));
  }

  @Test
  void preparesTheTicketBeforeItsControls() {
    ReplicateState pruned = dense().apply(pruned(1));
    assertEquals(
        List.of(new Step.Prepare(1, Arm.TICKET), new Step.Prepare(1, REINIT)),
        ReplicatePlan.next(pruned));
  }

  @Test
  void controlsOfARoundContinueWhileTheChainAdvances() {
    ReplicateState state =
        dense()
            .apply(pruned(1))
            .apply(prepared(1, Arm.TICKET))
            .apply(prepared(1, REINIT))
            .apply(trained(1, Arm.TICKET))
            .apply(evaluated(1, Arm.TICKET));
    assertEquals(List.of(new Step.Prune(2), new Step.Train(1, REINIT)), ReplicatePlan.next(state));
  }

  @Test
  void aDivergedTicketEndsTheChainButNotTheControls() {
    ReplicateState state =
        dense()
            .apply(pruned(1))
            .apply(prepared(1, Arm.TICKET))
            .apply(prepared(1, REINIT))
            .apply(failed(1, Arm.TICKET));
    assertEquals(List.of(new Step.Train(1, REINIT)), ReplicatePlan.next(state));
    assertTrue(ReplicatePlan.brokenChain(state).isPresent());
  }

  @Test
  void aDivergedControlDoesNotPreventTheEnd() {
    ReplicateState state = dense();
    for (int round = 1; round <= 2; round++) {
      state = state.apply(pruned(round));
      for (Arm arm : List.of(Arm.TICKET, REINIT)) {
        assertFalse(ReplicatePlan.complete(state));
        state = state.apply(prepared(round, arm));
        state =
            arm.isTicket()
                ? state.apply(trained(round, arm)).apply(evaluated(round, arm))
                : state.apply(failed(round, arm));
      }
    }
    assertTrue(ReplicatePlan.complete(state));
    assertTrue(ReplicatePlan.next(state).isEmpty());
    assertTrue(ReplicatePlan.brokenChain(state).isEmpty());
  }

  @Test
  void aOneShotScheduleDerivesEveryMaskFromTheDenseNetwork() {
    CampaignSpec oneShot = TestCampaigns.with(TestCampaigns.small("plan", 2), ONE_SHOT);
    ReplicateState state =
        after(
            new ReplicateStarted(oneShot, 1, AT),
            drawn(),
            prepared(0, Arm.TICKET),
            trained(0, Arm.TICKET),
            evaluated(0, Arm.TICKET),
            pruned(1));
    assertTrue(ReplicatePlan.next(state).contains(new Step.Prune(2)), "round 1 is not trained");
  }

  @Test
  void aCriterionAtInitialisationNeedsNoTraining() {
    PruningSpec snip =
        new PruningSpec(Schedule.ONE_SHOT, 2, ONE_SHOT.rates(), ONE_SHOT.scope(), Criterion.SNIP);
    CampaignSpec campaign = TestCampaigns.with(TestCampaigns.small("plan", 2), snip);
    assertEquals(
        List.of(new Step.Prune(1), new Step.Prepare(0, Arm.TICKET)),
        ReplicatePlan.next(after(new ReplicateStarted(campaign, 1, AT), drawn())));
  }

  @Test
  void continuedTrainingIsAChainOfItsOwn() {
    CampaignSpec campaign =
        TestCampaigns.with(
            TestCampaigns.small("plan", 2),
            new RewindSpec(RewindSpec.Mode.CONTINUED, 0, RewindSpec.OptimizerHandling.FRESH));
    ReplicateState state =
        after(
            new ReplicateStarted(campaign, 1, AT),
            drawn(),
            prepared(0, Arm.TICKET),
            trained(0, Arm.TICKET),
            evaluated(0, Arm.TICKET),
            pruned(1),
            prepared(1, Arm.TICKET),
            prepared(1, Arm.CONTINUED),
            prepared(1, REINIT),
            trained(1, Arm.TICKET));
    assertFalse(ReplicatePlan.next(state).contains(new Step.Prune(2)));
    assertTrue(
        ReplicatePlan.next(state.apply(trained(1, Arm.CONTINUED))).contains(new Step.Prune(2)));
    assertTrue(ReplicatePlan.brokenChain(state.apply(failed(1, Arm.CONTINUED))).isPresent());
    assertFalse(campaign.arms(2).contains(Arm.CONTINUED), "nothing comes after the last round");
  }

  @Test
  void aCopyWaitsForTheTicketItIsComparedWith() {
    Arm copy = new Arm(Arm.Kind.ORDER, 1);
    CampaignSpec campaign =
        TestCampaigns.with(
            TestCampaigns.small("plan", 2),
            new AnalysisSpec(new AnalysisSpec.Instability(1, List.of(0), 3), false));
    ReplicateState waiting =
        after(
            new ReplicateStarted(campaign, 1, AT),
            drawn(),
            prepared(0, Arm.TICKET),
            prepared(0, copy));
    assertEquals(List.of(new Step.Train(0, Arm.TICKET)), ReplicatePlan.next(waiting));
    assertTrue(
        ReplicatePlan.next(waiting.apply(trained(0, Arm.TICKET)))
            .contains(new Step.Train(0, copy)));
    assertFalse(campaign.arms(1).contains(copy), "only round 0 was asked for");
  }

  private static ReplicateState dense() {
    return after(
        started(),
        drawn(),
        prepared(0, Arm.TICKET),
        trained(0, Arm.TICKET),
        evaluated(0, Arm.TICKET));
  }

  private static ReplicateState after(ReplicateEvent... events) {
    return ReplicateState.of(List.of(events));
  }

  private static ReplicateEvent started() {
    return new ReplicateStarted(TestCampaigns.small("plan", 2), 1, AT);
  }

  private static ReplicateEvent drawn() {
    return new WeightsInitialized(REF, REF, DENSITY, AT);
  }

  private static ReplicateEvent pruned(int round) {
    return new MaskPruned(round, REF, DENSITY, AT);
  }

  private static ReplicateEvent prepared(int round, Arm arm) {
    return new TrialPrepared(round, arm, new TrialStart(REF, REF), DENSITY, EngineName.DL4J, AT);
  }

  private static ReplicateEvent trained(int round, Arm arm) {
    return new TrialTrained(round, arm, new TrainedTrial(10, REF, REF, "cpu:0", 1), AT);
  }

  private static ReplicateEvent evaluated(int round, Arm arm) {
    return new TrialEvaluated(round, arm, new TrialMetrics(10, 1, 50, 50, 1, 50), AT);
  }

  private static ReplicateEvent failed(int round, Arm arm) {
    return new TrialFailed(
        round, arm, new TrialFailure(TrialFailure.Kind.DIVERGED, "loss is NaN"), AT);
  }
}
