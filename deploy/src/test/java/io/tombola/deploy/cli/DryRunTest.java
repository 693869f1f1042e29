package io.tombola.deploy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.config.RunConfig;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.storage.ArtifactStore;
import io.tombola.storage.CampaignView;
import io.tombola.storage.StoreLayout;
import io.tombola.training.LearningCurve;
import java.nio.file.Path;
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
    assertNear(bytes, DiskPlan.of(spec, 1).keptBytes(), 3);
    long iterations = 0;
    for (ReplicateState replicate : view.replicates()) {
      for (TrialState trial : replicate.trials()) {
        TrialId id = new TrialId(spec.name(), replicate.replicate(), trial.round(), trial.arm());
        LearningCurve curve =
            LearningCurve.decode(artifacts.get(trial.trained().orElseThrow().curve()));
        assertEquals(curve.points().size(), Workload.curvePoints(spec, id), id.toString());
        assertEquals(trial.start().iteration(), Workload.firstIteration(spec, id), id.toString());
        iterations += trial.trained().orElseThrow().iterations() - trial.start().iteration();
      }
    }
    assertEquals(iterations, Workload.of(spec).iterations());
  }

  @Test
  void aCheckpointTakesThePlannedBytes() {
    StoreLayout store = new StoreLayout(dir.resolve("store"));
    CampaignView view = TinyCampaign.run(store, CONFIG);
    ArtifactRef point = view.replicates().get(0).rewindPoint().orElseThrow().artifact();
    long found = new ArtifactStore(store).get(point).length;
    DiskPlan plan = DiskPlan.of(CONFIG.campaign(), 3);
    // Three slots, each with a checkpoint and the next.
    assertNear(6 * found, plan.peakBytes() - plan.keptBytes(), 1);
  }

  @Test
  void theChainIsWhatOneReplicateCannotDoAtOnce() {
    CampaignSpec iterative = TinyCampaign.config("pruning.rounds=3").campaign();
    assertEquals(4 * 20, Workload.chain(iterative).iterations());
    CampaignSpec oneShot =
        TinyCampaign.config("pruning.rounds=3", "pruning.schedule=one-shot").campaign();
    assertEquals(2 * 20, Workload.chain(oneShot).iterations());
    CampaignSpec rewound = TinyCampaign.config("pruning.rounds=3", "rewind.to=5").campaign();
    assertEquals(20 + 3 * 15, Workload.chain(rewound).iterations());
  }

  @Test
  void timeIsSharedBetweenSlotsButNotAlongAChain() {
    // 2 replicates of 1 dense and 3 x 2 pruned trainings: 20 iterations and 3 evaluations each.
    CampaignSpec spec = TinyCampaign.config("pruning.rounds=3").campaign();
    Pace pace = new Pace(500, 2_000);
    assertEquals(2 * 7 * (10 + 6), TimePlan.of(spec, 1, pace).seconds());
    assertEquals(7 * (10 + 6), TimePlan.of(spec, 2, pace).seconds());
    assertEquals(4 * (10 + 6), TimePlan.of(spec, 8, pace).seconds());
    assertEquals(
        "about 1 min 52 s on 2 slots, at 500.0 ms an iteration and 2000 ms an evaluation",
        TimePlan.of(spec, 2, pace).toText());
  }

  @Test
  void aReinitialisedControlTrainsItsFullLength() {
    CampaignSpec spec = TinyCampaign.config("rewind.to=5").campaign();
    assertEquals(0, Workload.firstIteration(spec, new TrialId("tiny", 1, 1, Arm.reinit(1))));
    assertEquals(5, Workload.firstIteration(spec, new TrialId("tiny", 1, 1, Arm.TICKET)));
    assertEquals(0, Workload.firstIteration(spec, new TrialId("tiny", 1, 0, Arm.TICKET)));
  }

  @Test
  void bytesAreSaidInMegabytes() {
    assertEquals(
        "about 12.3 MB of results, at most 2.5 GB with checkpoints",
        new DiskPlan(12_345_678, 2_468_000_000L).toText());
    assertTrue(DiskPlan.of(CONFIG.campaign(), 1).keptBytes() > 1_000_000);
  }

  private static void assertNear(long expected, long found, int percent) {
    long difference = Math.abs(found - expected);
    assertTrue(difference * 100 <= percent * expected, found + " is not near " + expected);
  }
}
