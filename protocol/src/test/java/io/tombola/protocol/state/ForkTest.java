package io.tombola.protocol.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.protocol.trial.TrialStart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForkTest {

  private static final Instant AT = Instant.EPOCH;
  private static final ArtifactRef REF = new ArtifactRef("a".repeat(64));
  private static final MaskDensity DENSITY =
      new MaskDensity(List.of(new MaskDensity.Layer("output", 1, 2)));
  private static final CampaignSpec ORIGIN = campaign("origin", new ControlsSpec(1, 0));

  @Test
  void keepsWhatWasTrainedUpToTheRound() {
    CampaignSpec next = campaign("next", new ControlsSpec(1, 0));
    List<ReplicateEvent> expected = new ArrayList<>();
    expected.add(new ReplicateStarted(next, 1, AT));
    expected.add(new WeightsInitialized(REF, REF, DENSITY, AT));
    expected.addAll(trial(0, Arm.TICKET));
    expected.add(new MaskPruned(1, REF, DENSITY, AT));
    expected.addAll(trial(1, Arm.TICKET));

    Fork fork = new Fork(next, 1);
    assertEquals(expected, fork.events(origin()));
    assertTrue(fork.complete(ReplicateState.of(fork.events(origin()))));
  }

  @Test
  void dropsArmsThatTheNewCampaignDoesNotHave() {
    Fork fork = new Fork(campaign("next", new ControlsSpec(0, 0)), 2);

    assertEquals(
        List.of(Arm.TICKET, Arm.TICKET, Arm.TICKET),
        ReplicateState.of(fork.events(origin())).trials().stream().map(TrialState::arm).toList());
    assertTrue(
        ReplicateState.of(new Fork(ORIGIN, 2).events(origin()))
            .trial(2, Arm.reinit(1))
            .isPresent());
  }

  @Test
  void cannotContinueFromARoundWithoutAResult() {
    Fork fork = new Fork(campaign("next", new ControlsSpec(1, 0)), 3);

    assertFalse(fork.complete(ReplicateState.of(fork.events(origin()))));
  }

  @Test
  void aFinishedReplicateContinues() {
    List<ReplicateEvent> finished = new ArrayList<>(origin());
    finished.add(new ReplicateFinished(AT));

    assertFalse(ReplicateState.of(new Fork(ORIGIN, 2).events(finished)).finished());
  }

  /** Rounds 0 to 2; the control of round 1 failed, the ticket of round 3 is being trained. */
  private static List<ReplicateEvent> origin() {
    List<ReplicateEvent> events = new ArrayList<>();
    events.add(new ReplicateStarted(ORIGIN, 1, AT));
    events.add(new WeightsInitialized(REF, REF, DENSITY, AT));
    events.addAll(trial(0, Arm.TICKET));
    events.add(new MaskPruned(1, REF, DENSITY, AT));
    events.addAll(trial(1, Arm.TICKET));
    events.add(
        new TrialPrepared(
            1, Arm.reinit(1), new TrialStart(REF, REF), DENSITY, EngineName.DL4J, AT));
    events.add(
        new TrialFailed(1, Arm.reinit(1), new TrialFailure(TrialFailure.Kind.DIVERGED, "NaN"), AT));
    events.add(new MaskPruned(2, REF, DENSITY, AT));
    events.addAll(trial(2, Arm.TICKET));
    events.addAll(trial(2, Arm.reinit(1)));
    events.add(new MaskPruned(3, REF, DENSITY, AT));
    events.add(
        new TrialPrepared(3, Arm.TICKET, new TrialStart(REF, REF), DENSITY, EngineName.DL4J, AT));
    events.add(new CheckpointSaved(3, Arm.TICKET, new CheckpointRef(5, REF), Optional.empty(), AT));
    return events;
  }

  private static List<ReplicateEvent> trial(int round, Arm arm) {
    return List.of(
        new TrialPrepared(round, arm, new TrialStart(REF, REF), DENSITY, EngineName.SPARSE, AT),
        new TrialTrained(round, arm, new TrainedTrial(10, REF, REF, "cpu:0", 1), AT),
        new TrialEvaluated(round, arm, new TrialMetrics(10, 1, 50, 50, 1, 50), AT));
  }

  private static CampaignSpec campaign(String name, ControlsSpec controls) {
    return new CampaignSpec(
        name,
        7,
        1,
        new DatasetSpec("mnist", Optional.empty()),
        "lenet-300-100",
        new TrainingSpec(10, 60, new OptimizerSpec(OptimizerSpec.Type.ADAM, 1e-3), 5, 5),
        new PruningSpec(
            PruningSpec.Schedule.ITERATIVE,
            4,
            new PruningSpec.Rates(0.2, 0.1),
            PruningSpec.Scope.LAYER,
            PruningSpec.Criterion.MAGNITUDE),
        RewindSpec.TO_INITIALISATION,
        controls);
  }
}
