package io.tombola.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.training.LearningCurve.Point;
import io.tombola.training.codec.BinaryWriter;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.DivergedException;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.Engines;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.Pruning;
import io.tombola.training.mask.Trained;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import io.tombola.training.start.Start;
import io.tombola.training.start.Starts;
import io.tombola.training.start.TicketStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrialTrainingTest {

  private static final CampaignSpec CAMPAIGN =
      TestCampaigns.campaign("trial", TestCampaigns.recipe(130, 50, 40));
  private static final DataSplits SPLITS =
      DataSplits.of(
          TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, new Seeds(CAMPAIGN.seed(), 1));

  private static Engines engines;
  private static Engine engine;
  private static Trace whole;

  @BeforeAll
  static void open() {
    engines = Engines.detect(2);
    engine = engines.open(engines.devices().get(0));
    whole = run(engine, prunedStart());
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  /** The bytes a training leaves: every checkpoint, the weights and the curve. */
  private record Trace(List<Checkpoint> checkpoints, Checkpoint end) {}

  @Test
  void measuresOnTheGridAndStopsForCheckpoints() {
    try (TrialTraining training = dense(CAMPAIGN)) {
      List<Integer> ends = new ArrayList<>();
      List<Integer> checkpoints = new ArrayList<>();
      assertTrue(training.lastPoint().isEmpty());
      while (!training.finished()) {
        training.slice();
        ends.add(training.iteration());
        if (training.checkpointDue()) {
          checkpoints.add(training.checkpoint().iteration());
          assertFalse(training.checkpointDue());
        }
      }
      assertEquals(List.of(0, 40, 50, 80, 100, 120, 130), ends);
      assertEquals(List.of(40, 80, 120), checkpoints);
      assertEquals(
          List.of(0, 50, 100, 130),
          training.curve().points().stream().map(Point::iteration).toList());
      LearningCurve done = training.curve();
      training.slice();
      assertEquals(done, training.curve());
    }
  }

  @Test
  void aCheckpointOnTheGridComesBeforeTheMeasurementAndLeavesNoTrace() {
    CampaignSpec even = TestCampaigns.campaign("even", TestCampaigns.recipe(60, 20, 20));
    byte[] end;
    List<byte[]> checkpoints = new ArrayList<>();
    try (TrialTraining training = dense(even)) {
      while (!training.finished()) {
        training.slice();
        if (training.checkpointDue()) {
          assertTrue(training.measuresNext());
          checkpoints.add(training.checkpoint().encode());
        }
      }
      end = training.checkpoint().encode();
    }
    assertEquals(2, checkpoints.size());
    TicketStart start = Starts.initial(even, 1);
    TrialSetup setup =
        new TrialSetup(
            even,
            TestCampaigns.ticket(even, 0),
            Start.fresh(start.theta0(), start.mask()),
            EngineName.DL4J);
    for (byte[] checkpoint : checkpoints) {
      try (TrialTraining resumed =
          TrialTraining.resume(engine, SPLITS, setup, Checkpoint.decode(checkpoint))) {
        assertTrue(resumed.measuresNext());
        while (!resumed.finished()) {
          resumed.slice();
        }
        assertArrayEquals(end, resumed.checkpoint().encode());
      }
    }
  }

  @Test
  void theTestSetIsMeasuredWhereResultsNeedItAndElsewhereAsOftenAsIsAskedFor() {
    CampaignSpec often = overfitting(Optional.empty());
    CampaignSpec seldom = overfitting(Optional.of(90));
    Checkpoint atAll = finished(dense(often));
    Checkpoint atSome = finished(dense(seldom));
    assertEquals(atAll.position(), atSome.position());
    assertEquals(
        EarlyStop.metricsOf(atAll.curve(), Optional.empty()),
        EarlyStop.metricsOf(atSome.curve(), Optional.empty()));
    double least = Double.POSITIVE_INFINITY;
    int measured = 0;
    for (int i = 0; i < atAll.curve().points().size(); i++) {
      Point all = atAll.curve().points().get(i);
      Point some = atSome.curve().points().get(i);
      boolean due =
          all.iteration() % 90 == 0 || all.iteration() == 400 || all.validationLossNats() < least;
      least = Math.min(least, all.validationLossNats());
      assertEquals(
          due ? all.testLossNats() : OptionalDouble.empty(), some.testLossNats(), all.toString());
      assertEquals(
          due ? all.testAccuracyPercent() : OptionalDouble.empty(), some.testAccuracyPercent());
      assertEquals(all.validationLossNats(), some.validationLossNats());
      measured += due ? 1 : 0;
    }
    int all = atAll.curve().points().size();
    assertTrue(measured > 6 && measured < all, measured + " of " + all);
    assertEquals(atSome.curve(), LearningCurve.decode(atSome.curve().encode()));
    assertTrue(atSome.curve().encode().length < atAll.curve().encode().length);
  }

  /** So quick that its validation loss soon rises and falls. */
  private static CampaignSpec overfitting(Optional<Integer> testEvery) {
    TrainingSpec recipe = TestCampaigns.recipe(400, 10, 1000, 0.01);
    return TestCampaigns.campaign(
        "overfitting",
        new TrainingSpec(
            recipe.iterations(),
            recipe.batchSize(),
            recipe.optimizer(),
            recipe.evaluateEvery(),
            recipe.checkpointEvery(),
            recipe.engine(),
            testEvery));
  }

  private static Checkpoint finished(TrialTraining training) {
    try (training) {
      while (!training.finished()) {
        training.slice();
      }
      return training.checkpoint();
    }
  }

  @Test
  void slicesAreShortWhenTheGridIsWide() {
    CampaignSpec wide = TestCampaigns.campaign("wide", TestCampaigns.recipe(250, 1000, 1000));
    try (TrialTraining training = dense(wide)) {
      training.slice();
      training.slice();
      assertEquals(100, training.iteration());
      training.slice();
      training.slice();
      assertEquals(250, training.lastPoint().orElseThrow().iteration());
      assertTrue(training.finished());
    }
  }

  @Test
  void resumingAnywhereLeavesNoTrace() {
    Start start = prunedStart();
    assertEquals(3, whole.checkpoints().size());
    for (Checkpoint checkpoint : whole.checkpoints()) {
      Checkpoint stored = Checkpoint.decode(checkpoint.encode());
      try (TrialTraining resumed = TrialTraining.resume(engine, SPLITS, setup(start), stored)) {
        assertFalse(resumed.checkpointDue());
        while (!resumed.finished()) {
          resumed.slice();
        }
        assertArrayEquals(whole.end().encode(), resumed.checkpoint().encode());
      }
    }
  }

  @Test
  void twoTrainingsAtOnceChangeNothing() throws Exception {
    Start start = prunedStart();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Trace>> traces = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        int slot = i;
        traces.add(threads.submit(() -> runOn(slot, start)));
      }
      for (Future<Trace> trace : traces) {
        assertArrayEquals(whole.end().encode(), trace.get().end().encode());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void prunedWeightsAndMomentsStayZero() {
    Start start = prunedStart();
    float[] keep = start.mask().multipliers();
    List<Checkpoint> all = new ArrayList<>(whole.checkpoints());
    all.add(whole.end());
    for (Checkpoint checkpoint : all) {
      float[] weights = checkpoint.position().weights().toArray();
      float[] first = checkpoint.position().optimizer().moments().get(0);
      float[] second = checkpoint.position().optimizer().moments().get(1);
      for (int i = 0; i < keep.length; i++) {
        if (keep[i] == 0f) {
          assertEquals(0, Float.floatToRawIntBits(weights[i]));
          assertEquals(0, Float.floatToRawIntBits(first[i]));
          assertEquals(0, Float.floatToRawIntBits(second[i]));
        }
      }
    }
  }

  @Test
  void trainingNeverTouchesItsStart() {
    TicketStart before = Starts.initial(CAMPAIGN, 1);
    try (TrialTraining training = dense(CAMPAIGN)) {
      training.slice();
      training.slice();
      assertNotEquals(before.theta0(), training.weights());
    }
    assertEquals(before.theta0(), Starts.initial(CAMPAIGN, 1).theta0());
  }

  @Test
  void equalPositionsOfDifferentTrialsAreDifferentArtifacts() {
    Checkpoint checkpoint = whole.end();
    TrialId other = new TrialId("other", 1, 1, trial().arm());
    Checkpoint copy =
        new Checkpoint(
            other,
            checkpoint.position(),
            checkpoint.trainLossSum(),
            checkpoint.curve(),
            Optional.empty());
    assertNotEquals(checkpoint, copy);
    assertFalse(Arrays.equals(checkpoint.encode(), copy.encode()));
    Start start = prunedStart();
    assertThrows(
        IllegalArgumentException.class,
        () -> TrialTraining.resume(engine, SPLITS, setup(start), copy));
  }

  @Test
  void freesTheDeviceWhenItCannotGoOnFromACheckpoint() {
    UnrestorableEngine broken = new UnrestorableEngine(engine);
    Start start = prunedStart();
    assertThrows(
        OutOfMemoryError.class,
        () -> TrialTraining.resume(broken, SPLITS, setup(start), whole.end()));
    assertEquals(0, broken.openSessions());
  }

  @Test
  void readsACheckpointThatHoldsAllValues() {
    Checkpoint end = whole.end();
    BinaryWriter old =
        new BinaryWriter("TBCP", 2)
            .writeText(end.trial().campaign())
            .writeInt(end.trial().replicate())
            .writeInt(end.trial().round())
            .writeText(end.trial().arm().toString())
            .writeInt(end.iteration())
            .writeBytes(end.position().weights().encode())
            .writeInt(end.position().optimizer().steps())
            .writeInt(2);
    end.position().optimizer().moments().forEach(old::writeFloats);
    byte[] bytes =
        old.writeDouble(end.trainLossSum())
            .writeBytes(end.curve().encode())
            .writeBytes(new byte[0])
            .finish();
    assertEquals(end, Checkpoint.decode(bytes));
    assertTrue(end.encode().length < bytes.length, "pruned weights take less");
  }

  @Test
  void rejectsADamagedCheckpoint() {
    byte[] bytes = whole.end().encode();
    bytes[bytes.length / 3] ^= 16;
    assertThrows(IllegalArgumentException.class, () -> Checkpoint.decode(bytes));
  }

  @Test
  void aStartWhoseLossIsInfiniteDivergesBeforeTheFirstStep() {
    CampaignSpec wild = TestCampaigns.campaign("wild", TestCampaigns.recipe(1000, 1000, 1000, 1.0));
    TicketStart start = Starts.initial(wild, 1);
    float[] huge = start.theta0().toArray();
    for (int i = 0; i < huge.length; i++) {
      huge[i] *= 1e30f;
    }
    try (TrialTraining training = from(wild, huge)) {
      DivergedException e = assertThrows(DivergedException.class, training::slice);
      assertEquals(0, e.iteration());
      assertEquals(Optional.of("dense-2"), e.layer(), "the first products still fit");
      assertEquals(1, e.getMessage().lines().count());
    }
  }

  @Test
  void divergesAtTheVeryStepHoweverItIsSliced() {
    DivergedException whole = divergence(TestCampaigns.recipe(1000, 1000, 1000));
    DivergedException sliced = divergence(TestCampaigns.recipe(1000, 1000, 2));
    assertEquals(whole.iteration(), sliced.iteration());
    assertEquals(whole.layer(), sliced.layer());
    assertTrue(whole.iteration() > 2, whole.getMessage());
    assertTrue(
        whole
            .getMessage()
            .contains(
                "after "
                    + whole.iteration()
                    + " iterations, first in "
                    + whole.layer().orElseThrow()),
        whole.getMessage());
  }

  /** Every weight is four times as large, and of the other sign, after each step. */
  private static DivergedException divergence(TrainingSpec recipe) {
    OptimizerSpec growing =
        new OptimizerSpec(OptimizerSpec.Type.SGD, 10, 0, 0.5, ScheduleSpec.CONSTANT);
    CampaignSpec campaign =
        TestCampaigns.campaign(
            "growing",
            new TrainingSpec(
                recipe.iterations(),
                recipe.batchSize(),
                growing,
                recipe.evaluateEvery(),
                recipe.checkpointEvery()));
    try (TrialTraining training = dense(campaign)) {
      while (!training.finished()) {
        training.slice();
        float[] weights = training.weights().toArray();
        for (float weight : weights) {
          assertTrue(Float.isFinite(weight), "a slice that returns left finite numbers");
        }
      }
    } catch (DivergedException e) {
      return e;
    }
    throw new AssertionError("it did not diverge");
  }

  private static TrialTraining from(CampaignSpec campaign, float[] weights) {
    TicketStart start = Starts.initial(campaign, 1);
    return TrialTraining.start(
        engine,
        SPLITS,
        new TrialSetup(
            campaign,
            TestCampaigns.ticket(campaign, 0),
            Start.fresh(Weights.of(start.theta0().network(), weights), start.mask()),
            EngineName.DL4J));
  }

  @Test
  void learnsRealClothes() {
    CampaignSpec real = TestCampaigns.campaign("real", TestCampaigns.recipe(600, 300, 600));
    try (TrialTraining training = dense(real)) {
      while (!training.finished()) {
        training.slice();
      }
      TrialMetrics metrics = EarlyStop.metricsOf(training.curve(), Optional.empty());
      assertEquals(10, training.curve().points().get(0).testAccuracyPercent().orElseThrow(), 8);
      assertTrue(metrics.finalTestAccuracyPercent() > 80, metrics.toString());
      assertTrue(metrics.earlyStopValidationLossNats() < 0.6, metrics.toString());
      assertEquals(
          metrics.finalValidationLossNats(),
          training.lastPoint().orElseThrow().trainLossNats().orElseThrow(),
          0.15);
    }
  }

  private static Trace runOn(int slot, Start start) {
    try (Engine own = engines.open(engines.devices().get(slot))) {
      return run(own, start);
    }
  }

  private static Trace run(Engine on, Start start) {
    try (TrialTraining training = TrialTraining.start(on, SPLITS, setup(start))) {
      List<Checkpoint> checkpoints = new ArrayList<>();
      while (!training.finished()) {
        training.slice();
        if (training.checkpointDue()) {
          checkpoints.add(training.checkpoint());
        }
      }
      return new Trace(checkpoints, training.checkpoint());
    }
  }

  private static TrialTraining dense(CampaignSpec campaign) {
    TicketStart start = Starts.initial(campaign, 1);
    return TrialTraining.start(
        engine,
        SPLITS,
        new TrialSetup(
            campaign,
            TestCampaigns.ticket(campaign, 0),
            Start.fresh(start.theta0(), start.mask()),
            EngineName.DL4J));
  }

  private static TrialSetup setup(Start start) {
    return new TrialSetup(CAMPAIGN, trial(), start, EngineName.DL4J);
  }

  private static Start prunedStart() {
    TicketStart initial = Starts.initial(CAMPAIGN, 1);
    Trained trained = new Trained(initial.theta0(), initial.theta0());
    Mask mask = initial.mask();
    for (int round = 0; round < 3; round++) {
      mask =
          Pruning.next(CAMPAIGN.pruning(), new Seeds(CAMPAIGN.seed(), 1), round + 1, mask, trained);
    }
    return Start.fresh(initial.theta0(), mask);
  }

  private static TrialId trial() {
    return TestCampaigns.ticket(CAMPAIGN, 3);
  }
}
