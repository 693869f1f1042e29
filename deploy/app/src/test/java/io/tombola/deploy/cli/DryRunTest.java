package io.tombola.deploy.cli;

import static io.tombola.protocol.EngineName.DL4J;
import static io.tombola.protocol.EngineName.SPARSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.config.RunConfig;
import io.tombola.deploy.run.RoundCost;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.view.CampaignView;
import io.tombola.training.LearningCurve;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dry run foretells, against a campaign that is then really run. */
class DryRunTest {

  private static final RunConfig CONFIG =
      TinyCampaign.config(
          "network=dense 20, dense 10",
          "rewind.to=7",
          "training.checkpoint-every=10",
          "controls.random-mask=2",
          "controls.one-shot=true",
          "analysis.instability.copies=1",
          "analysis.instability.rounds=[0]");

  @TempDir Path dir;

  @Test
  void aCampaignLeavesTheBytesAndDoesTheWorkThatWereForetold() {
    StoreLayout store = new StoreLayout(dir.resolve("store"));
    CampaignView view = TinyCampaign.run(store, CONFIG);
    CampaignSpec spec = CONFIG.campaign();
    ArtifactStore artifacts = new ArtifactStore(store);
    long bytes = view.artifacts().stream().mapToLong(ref -> artifacts.get(ref).length).sum();
    assertNear(bytes, DiskEstimate.of(spec, 1).keptBytes(), 3);
    long iterations = 0;
    for (ReplicateState replicate : view.replicates()) {
      for (TrialState trial : replicate.trials()) {
        TrialId id = new TrialId(spec.name(), replicate.replicate(), trial.round(), trial.arm());
        LearningCurve curve =
            LearningCurve.decode(artifacts.get(trial.trained().orElseThrow().curve()));
        assertEquals(curve.points().size(), TrainingLoad.curvePoints(spec, id), id.toString());
        assertEquals(
            trial.start().iteration(), TrainingLoad.firstIteration(spec, id), id.toString());
        iterations += trial.trained().orElseThrow().iterations() - trial.start().iteration();
      }
    }
    assertEquals(iterations, TrainingLoad.of(spec).iterations());
  }

  @Test
  void aCheckpointTakesThePlannedBytes() {
    StoreLayout store = new StoreLayout(dir.resolve("store"));
    CampaignView view = TinyCampaign.run(store, CONFIG);
    ArtifactRef point = view.replicates().get(0).rewindPoint().orElseThrow().artifact();
    long found = new ArtifactStore(store).get(point).length;
    DiskEstimate plan = DiskEstimate.of(CONFIG.campaign(), 3);
    // Three slots, each with a checkpoint and the next.
    assertNear(6 * found, plan.peakBytes() - plan.keptBytes(), 1);
  }

  @Test
  void theChainIsWhatOneReplicateCannotDoAtOnce() {
    CampaignSpec iterative = TinyCampaign.config("pruning.rounds=3").campaign();
    assertEquals(4 * 20, chainIterations(iterative));
    CampaignSpec oneShot =
        TinyCampaign.config("pruning.rounds=3", "pruning.schedule=one-shot").campaign();
    assertEquals(2 * 20, chainIterations(oneShot));
    CampaignSpec rewound = TinyCampaign.config("pruning.rounds=3", "rewind.to=5").campaign();
    assertEquals(20 + 3 * 15, chainIterations(rewound));
  }

  private static long chainIterations(CampaignSpec spec) {
    return TrainingLoad.chain(spec).stream()
        .mapToLong(trial -> TrainingLoad.of(spec, trial).iterations())
        .sum();
  }

  @Test
  void timeIsSharedBetweenSlotsButNotAlongAChain() {
    // 2 replicates of 1 dense and 3 x 2 pruned trainings: 20 iterations and 3 evaluations each.
    CampaignSpec spec = TinyCampaign.config("pruning.rounds=3").campaign();
    List<IterationTime> times = Collections.nCopies(4, new IterationTime(500, 2_000));
    assertEquals(2 * 7 * (10 + 6), TimeEstimate.of(spec, 1, times).seconds());
    assertEquals(7 * (10 + 6), TimeEstimate.of(spec, 2, times).seconds());
    assertEquals(4 * (10 + 6), TimeEstimate.of(spec, 8, times).seconds());
  }

  @Test
  void eachRoundTakesItsOwnTime() {
    CampaignSpec spec = TinyCampaign.config("pruning.rounds=3").campaign();
    List<IterationTime> times =
        List.of(
            new IterationTime(500, 2_000),
            new IterationTime(400, 1_000),
            new IterationTime(200, 1_000),
            new IterationTime(100, 0));
    long dense = 10 + 6;
    long pruned = (8 + 3) + (4 + 3) + 2;
    assertEquals(2 * (dense + 2 * pruned), TimeEstimate.of(spec, 1, times).seconds());
    assertEquals(dense + pruned, TimeEstimate.of(spec, 8, times).seconds());
    assertEquals(
        "about 56 s on 2 slots, at 500.00 ms per iteration and 2000 ms per evaluation in the first"
            + " round, 100.00 ms per iteration and 0 ms per evaluation in the last",
        TimeEstimate.of(spec, 2, times).toText());
  }

  @Test
  void timesLieBetweenThoseMeasuredOnTheSameEngine() {
    List<RoundCost> rounds =
        RoundCost.of(
            TinyCampaign.config(
                    "network=dense 20, dense 10",
                    "pruning.rounds=5",
                    "pruning.rates.dense=0.3",
                    "pruning.rates.output=0.3")
                .campaign());
    assertEquals(
        List.of(DL4J, DL4J, DL4J, SPARSE, SPARSE, SPARSE),
        rounds.stream().map(RoundCost::engine).toList());
    assertEquals(Set.of(0, 3, 5), IterationTime.measuredRounds(rounds));
    IterationTime dense = new IterationTime(9, 90);
    // So that an iteration takes 1 ms for 1000 multiplications, and an evaluation 10 ms.
    List<IterationTime> times =
        IterationTime.ofRounds(
            rounds,
            new TreeMap<>(
                Map.of(
                    0,
                    dense,
                    3,
                    perMultiplication(rounds.get(3)),
                    5,
                    perMultiplication(rounds.get(5)))));
    assertEquals(List.of(dense, dense, dense), times.subList(0, 3));
    for (int round = 3; round <= 5; round++) {
      IterationTime exact = perMultiplication(rounds.get(round));
      assertEquals(exact.millisPerIteration(), times.get(round).millisPerIteration(), 1e-9);
      assertEquals(exact.millisPerEvaluation(), times.get(round).millisPerEvaluation(), 1e-9);
    }
  }

  @Test
  void roundsThatPruneNothingHaveTheTimesOfTheFirst() {
    List<RoundCost> rounds =
        RoundCost.of(
            TinyCampaign.config(
                    "pruning.rates.dense=0", "pruning.rates.conv=0", "pruning.rates.output=0")
                .campaign());
    IterationTime dense = new IterationTime(5, 50);
    assertEquals(
        List.of(dense, dense, new IterationTime(6, 60)),
        IterationTime.ofRounds(
            rounds, new TreeMap<>(Map.of(0, dense, 2, new IterationTime(6, 60)))));
  }

  private static IterationTime perMultiplication(RoundCost round) {
    return new IterationTime(round.multiplications() / 1000.0, round.multiplications() / 100.0);
  }

  @Test
  void aReinitialisedControlTrainsItsFullLength() {
    CampaignSpec spec = TinyCampaign.config("rewind.to=5").campaign();
    assertEquals(0, TrainingLoad.firstIteration(spec, new TrialId("tiny", 1, 1, Arm.reinit(1))));
    assertEquals(5, TrainingLoad.firstIteration(spec, new TrialId("tiny", 1, 1, Arm.TICKET)));
    assertEquals(0, TrainingLoad.firstIteration(spec, new TrialId("tiny", 1, 0, Arm.TICKET)));
  }

  @Test
  void bytesAreSaidInMegabytes() {
    assertEquals(
        "about 12.3 MB of results, at most 2.5 GB with checkpoints",
        new DiskEstimate(12_345_678, 2_468_000_000L).toText());
    assertTrue(DiskEstimate.of(CONFIG.campaign(), 1).keptBytes() > 1_000_000);
  }

  private static void assertNear(long expected, long found, int percent) {
    long difference = Math.abs(found - expected);
    assertTrue(difference * 100 <= percent * expected, found + " is not near " + expected);
  }
}
