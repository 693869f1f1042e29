package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.protocol.Arm;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.protocol.spec.PruningSpec.Input;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.view.CampaignView;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.Pruning;
import io.tombola.training.mask.WeightChange;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole campaigns of a small network with every kind of stage, pruned by every criterion. */
final class MaskSourcesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Criterion.class)
  void everyCriterionLeavesExactlyWhatTheScheduleSays(Criterion criterion) throws Exception {
    TestRun run = new TestRun(folder);
    CampaignSpec campaign = campaign(criterion);
    assertEquals(CampaignOutcome.Kind.FINISHED, run.run(campaign).kind());

    CampaignView view = run.view("masks");
    assertEquals(campaign.trials(), view.records().stream().map(RoundRecord::trial).toList());
    long total = view.records().get(0).prunableWeights();
    List<Long> remaining =
        view.records().stream()
            .filter(record -> record.arm().isTicket())
            .map(RoundRecord::remainingWeights)
            .toList();
    long first = total - Math.round(total * 0.3);
    assertEquals(List.of(total, first, first - Math.round(first * 0.3)), remaining);
    assertTrue(
        view.records().stream().allMatch(r -> r.status() == RoundRecord.Status.OK),
        "with its control");
  }

  @ParameterizedTest
  @EnumSource(
      value = Criterion.class,
      names = {"MAGNITUDE_INCREASE", "MOVEMENT", "LARGE_FINAL_SAME_SIGN"})
  void criteriaSeeTheWeightsThatTrainingStartedFrom(Criterion criterion) throws Exception {
    TestRun run = new TestRun(folder);
    CampaignSpec campaign = campaign(criterion);
    run.run(campaign);

    var dense = run.view("masks").replicates().get(0).trial(0, Arm.TICKET).orElseThrow();
    ArtifactStore artifacts = new ArtifactStore(run.store());
    Weights before = Weights.decode(artifacts.get(dense.start().weights()));
    Weights after = Weights.decode(artifacts.get(dense.trained().orElseThrow().weights()));
    Mask ones = Mask.decode(artifacts.get(dense.start().mask()));
    Mask stored =
        Mask.decode(artifacts.get(run.view("masks").replicates().get(0).masks().get(1).mask()));
    Seeds seeds = new Seeds(campaign.seed(), 1);
    assertEquals(
        Pruning.next(campaign.pruning(), seeds, 1, ones, new WeightChange(before, after)), stored);
    assertNotEquals(
        Pruning.next(
            campaign(Criterion.MAGNITUDE).pruning(),
            seeds,
            1,
            ones,
            new WeightChange(before, after)),
        stored);
  }

  @Test
  void masksAtInitialisationDoNotDependOnTraining() throws Exception {
    TestRun one = new TestRun(folder.resolve("one"));
    TestRun other = new TestRun(folder.resolve("other"));
    one.run(campaign(Criterion.SNIP, 20));
    other.run(campaign(Criterion.SNIP, 40));

    assertEquals(
        one.view("masks").replicates().get(0).masks(),
        other.view("masks").replicates().get(0).masks());
  }

  private static CampaignSpec campaign(Criterion criterion) {
    return campaign(criterion, 20);
  }

  private static CampaignSpec campaign(Criterion criterion, int iterations) {
    return new CampaignSpec(
        "masks",
        7,
        1,
        new DatasetSpec(
            "fashion-mnist",
            Optional.empty(),
            DatasetSpec.Normalization.PER_CHANNEL,
            200,
            Optional.of(2000),
            Optional.of(200)),
        "max-pool 2, conv 3, batch-norm, max-pool 2, conv 3 5, max-pool 2, dense 12, dropout 0.2,"
            + " dense 10",
        new TrainingSpec(
            iterations,
            30,
            new OptimizerSpec(
                OptimizerSpec.Type.MOMENTUM,
                0.05,
                0.9,
                1e-4,
                new ScheduleSpec.Step(List.of(15), 0.2, 5)),
            10,
            10),
        new PruningSpec(
            criterion.input() == Input.INITIALISATION ? Schedule.ONE_SHOT : Schedule.ITERATIVE,
            2,
            new PruningSpec.Rates(0.2, 0.2, 0.1, 0.3),
            PruningSpec.Scope.GLOBAL,
            criterion),
        RewindSpec.TO_INITIALISATION,
        new ControlsSpec(1, 0));
  }
}
