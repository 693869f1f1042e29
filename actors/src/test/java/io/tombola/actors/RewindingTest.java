package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.progress.Progress;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.AnalysisSpec;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.RewindSpec.Mode;
import io.tombola.protocol.spec.RewindSpec.OptimizerHandling;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.training.Checkpoint;
import io.tombola.training.LearningCurve;
import io.tombola.training.LinearPath;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole campaigns under every way to rewind, and with every arm beside the ticket. */
final class RewindingTest {

  private static final int K = 25;

  @TempDir Path folder;

  @Test
  void rewindsWeightsAndOptimizerToAnIterationOfTheDenseTraining() throws Exception {
    TestRun run = ran(rewound(Mode.WEIGHTS, K, OptimizerHandling.RESTORED));
    ReplicateState replicate = replicate(run);
    CheckpointRef point = replicate.rewindPoint().orElseThrow();
    Checkpoint stored = Checkpoint.decode(bytes(run, point.artifact()));

    assertEquals(K, point.iteration());
    assertEquals(K, stored.position().iteration());
    TrialState ticket = replicate.trial(2, Arm.TICKET).orElseThrow();
    assertEquals(stored.position().weights(), weights(run, ticket.start().weights()));
    assertNotEquals(replicate.initialWeights().orElseThrow(), ticket.start().weights());
    assertEquals(K, ticket.start().iteration());
    assertEquals(Optional.of(point.artifact()), ticket.start().optimizer());
    assertEquals(K, curve(run, ticket).points().get(0).iteration());
    TrialState reinit = replicate.trial(2, Arm.reinit(1)).orElseThrow();
    assertEquals(0, reinit.start().iteration(), "fresh weights start at the beginning");
  }

  @Test
  void aFreshOptimizerAtAnIterationTrainsToOtherWeights() throws Exception {
    TestRun restored = ran(rewound(Mode.WEIGHTS, K, OptimizerHandling.RESTORED));
    TestRun fresh = ran(rewound(Mode.WEIGHTS, K, OptimizerHandling.FRESH));

    TrialState one = replicate(restored).trial(1, Arm.TICKET).orElseThrow();
    TrialState other = replicate(fresh).trial(1, Arm.TICKET).orElseThrow();
    assertEquals(one.start().weights(), other.start().weights());
    assertTrue(other.start().optimizer().isEmpty());
    assertNotEquals(finalWeights(one), finalWeights(other));
  }

  @Test
  void rewindsTheLearningRateAlone() throws Exception {
    TestRun run = ran(rewound(Mode.LEARNING_RATE, K, OptimizerHandling.FRESH));
    ReplicateState replicate = replicate(run);

    for (int round = 1; round <= 2; round++) {
      TrialState ticket = replicate.trial(round, Arm.TICKET).orElseThrow();
      assertEquals(
          finalWeights(replicate.trial(round - 1, Arm.TICKET).orElseThrow()),
          ticket.start().weights());
      assertEquals(K, ticket.start().iteration());
    }
    assertTrue(replicate.rewindPoint().isEmpty());
  }

  @Test
  void continuedTrainingGivesTheMasksAndTicketsStartAtTheInitialisation() throws Exception {
    TestRun run = ran(rewound(Mode.CONTINUED, 0, OptimizerHandling.FRESH));
    ReplicateState replicate = replicate(run);

    TrialState chain = replicate.trial(1, Arm.CONTINUED).orElseThrow();
    assertEquals(
        finalWeights(replicate.trial(0, Arm.TICKET).orElseThrow()), chain.start().weights());
    TrialState ticket = replicate.trial(2, Arm.TICKET).orElseThrow();
    assertEquals(replicate.initialWeights().orElseThrow(), ticket.start().weights());
    TestRun plain = ran(TestCampaigns.small("rewound", 2));
    assertEquals(
        replicate(plain).masks().get(1),
        replicate.masks().get(1),
        "both come from the dense network");
    assertNotEquals(replicate(plain).masks().get(2), replicate.masks().get(2));
  }

  @Test
  void everyControlIsTrainedOncePerRound() throws Exception {
    CampaignSpec campaign =
        TestCampaigns.with(TestCampaigns.small("rewound", 2), new ControlsSpec(2, 1, 1, 1, true));
    TestRun run = ran(campaign);

    assertEquals(campaign.trials().stream().sorted().toList(), trials(run));
    ReplicateState replicate = replicate(run);
    TrialState oneShot = replicate.trial(2, Arm.ONE_SHOT).orElseThrow();
    assertEquals(replicate.masks().get(2).density(), oneShot.density());
    assertNotEquals(replicate.masks().get(2).mask(), oneShot.start().mask());
    assertEquals(
        replicate.masks().get(1).mask(),
        replicate.trial(1, Arm.ONE_SHOT).orElseThrow().start().mask(),
        "after one round there is no difference");
  }

  @Test
  void aOneShotCampaignEndsOnASingleDevice() throws Exception {
    PruningSpec iterative = TestCampaigns.small("rewound", 3).pruning();
    CampaignSpec campaign =
        TestCampaigns.with(
            TestCampaigns.small("rewound", 3),
            new PruningSpec(
                PruningSpec.Schedule.ONE_SHOT,
                3,
                iterative.rates(),
                iterative.scope(),
                iterative.criterion()));
    TestRun run = new TestRun(folder.resolve("single")).on("cpu:0");

    assertEquals(CampaignOutcome.Kind.FINISHED, run.run(campaign).kind());
    assertEquals(campaign.trials().stream().sorted().toList(), trials(run));
    Mask second = Mask.decode(bytes(run, replicate(run).masks().get(2).mask()));
    Mask third = Mask.decode(bytes(run, replicate(run).masks().get(3).mask()));
    third.bits(0).stream()
        .forEach(i -> assertTrue(second.keeps(0, i), "the same order of weights, pruned further"));
  }

  @Test
  void measuresTheBarrierBetweenATicketAndItsCopy() throws Exception {
    TestRun run = ran(analysed());
    ReplicateState replicate = replicate(run);
    TrialState ticket = replicate.trial(0, Arm.TICKET).orElseThrow();
    TrialState copy = replicate.trial(0, new Arm(Arm.Kind.ORDER, 1)).orElseThrow();
    LinearPath path =
        LinearPath.decode(bytes(run, copy.trained().orElseThrow().path().orElseThrow()));

    assertEquals(5, path.points().size());
    assertEquals(ticket.start(), copy.start());
    assertNotEquals(finalWeights(ticket), finalWeights(copy), "the data came in another order");
    assertEquals(
        ticket.metrics().orElseThrow().finalTestAccuracyPercent(),
        100 - path.points().get(0).testErrorPercent(),
        1e-9);
    assertEquals(
        copy.metrics().orElseThrow().finalTestAccuracyPercent(),
        100 - path.points().get(4).testErrorPercent(),
        1e-9);
    RoundRecord record =
        run.view("rewound").records().stream()
            .filter(r -> r.arm().kind() == Arm.Kind.ORDER)
            .findFirst()
            .orElseThrow();
    assertEquals(path.barrierPercent(), record.errorBarrierPercent().orElseThrow(), 1e-9);
  }

  @Test
  void learningCurvesHoldTheDistanceBetweenMasks() throws Exception {
    TestRun run = ran(analysed());
    LearningCurve curve = curve(run, replicate(run).trial(0, Arm.TICKET).orElseThrow());

    assertTrue(curve.points().size() > 1);
    assertTrue(curve.points().get(0).maskDistance().isEmpty());
    for (LearningCurve.Point point : curve.points().subList(1, curve.points().size())) {
      double distance = point.maskDistance().orElseThrow();
      assertTrue(distance > 0 && distance < 0.5, "found " + distance);
    }
  }

  @Test
  void resumesWithTheSameBytesUnderEveryRewindMode() throws Exception {
    CampaignSpec campaign =
        TestCampaigns.with(
            TestCampaigns.with(analysed(), new ControlsSpec(1, 1, 1, 1, true)),
            new RewindSpec(Mode.WEIGHTS, K, OptimizerHandling.RESTORED));
    TestRun whole = ran(campaign);
    TestRun stopped = new TestRun(folder.resolve("stopped"));
    for (int stops = 0; stops < 6; stops++) {
      CompletableFuture<Pipeline> pipeline = new CompletableFuture<>();
      stopped
          .onStart(pipeline::complete)
          .listeningWith(
              progress -> {
                if (progress instanceof Progress.TrialEnded) {
                  pipeline.join().stop();
                }
              })
          .run(campaign);
    }
    stopped.listeningWith(progress -> {}).onStart(pipeline -> {}).run(campaign);

    assertEquals(whole.view("rewound").records(), stopped.view("rewound").records());
    assertEquals(
        new ArtifactStore(whole.store()).list(), new ArtifactStore(stopped.store()).list());
  }

  private static CampaignSpec analysed() {
    return TestCampaigns.with(
        TestCampaigns.small("rewound", 1),
        new AnalysisSpec(new AnalysisSpec.Instability(1, List.of(0), 5), true));
  }

  private static CampaignSpec rewound(Mode mode, int to, OptimizerHandling optimizer) {
    return TestCampaigns.with(
        TestCampaigns.small("rewound", 2), new RewindSpec(mode, to, optimizer));
  }

  private TestRun ran(CampaignSpec campaign) throws Exception {
    TestRun run = new TestRun(folder.resolve("run-" + campaign.hashCode()));
    assertEquals(CampaignOutcome.Kind.FINISHED, run.run(campaign).kind());
    return run;
  }

  private static List<TrialId> trials(TestRun run) {
    return run.view("rewound").records().stream().map(RoundRecord::trial).toList();
  }

  private static ReplicateState replicate(TestRun run) {
    return run.view("rewound").replicates().get(0);
  }

  private static byte[] bytes(TestRun run, ArtifactRef ref) {
    return new ArtifactStore(run.store()).get(ref);
  }

  private static Weights weights(TestRun run, ArtifactRef ref) {
    return Weights.decode(bytes(run, ref));
  }

  private static LearningCurve curve(TestRun run, TrialState trial) {
    return LearningCurve.decode(bytes(run, trial.trained().orElseThrow().curve()));
  }

  private static ArtifactRef finalWeights(TrialState trial) {
    return trial.trained().orElseThrow().weights();
  }
}
