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
import io.tombola.training.codec.BinaryWriter;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.Pruning;
import io.tombola.training.mask.WeightChange;
import io.tombola.training.seed.Seeds;
import io.tombola.training.start.InitialTicket;
import io.tombola.training.start.StartingPoint;
import io.tombola.training.start.StartingPoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
  void aCheckpointOnTheGridComesBeforeTheMeasurementAndLeavesNoTrace() {
    CampaignSpec even = TestCampaigns.campaign("even", TestCampaigns.recipe(60, 20, 20));
    byte[] end;
    List<byte[]> checkpoints = new ArrayList<>();
    try (TrialTraining training = DenseTraining.start(engine, SPLITS, even)) {
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
    InitialTicket start = StartingPoints.initial(even, 1);
    TrialSetup setup =
        new TrialSetup(
            even,
            TestCampaigns.ticket(even, 0),
            StartingPoint.fresh(start.theta0(), start.mask()),
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
  void resumingAnywhereLeavesNoTrace() {
    StartingPoint start = prunedStart();
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
    StartingPoint start = prunedStart();
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
    StartingPoint start = prunedStart();
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
    InitialTicket before = StartingPoints.initial(CAMPAIGN, 1);
    try (TrialTraining training = DenseTraining.start(engine, SPLITS, CAMPAIGN)) {
      training.slice();
      training.slice();
      assertNotEquals(before.theta0(), training.weights());
    }
    assertEquals(before.theta0(), StartingPoints.initial(CAMPAIGN, 1).theta0());
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
    StartingPoint start = prunedStart();
    assertThrows(
        IllegalArgumentException.class,
        () -> TrialTraining.resume(engine, SPLITS, setup(start), copy));
  }

  @Test
  void freesTheDeviceWhenItCannotResumeFromACheckpoint() {
    UnrestorableEngine broken = new UnrestorableEngine(engine);
    StartingPoint start = prunedStart();
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

  private static Trace runOn(int slot, StartingPoint start) {
    try (Engine own = engines.open(engines.devices().get(slot))) {
      return run(own, start);
    }
  }

  private static Trace run(Engine on, StartingPoint start) {
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

  private static TrialSetup setup(StartingPoint start) {
    return new TrialSetup(CAMPAIGN, trial(), start, EngineName.DL4J);
  }

  private static StartingPoint prunedStart() {
    InitialTicket initial = StartingPoints.initial(CAMPAIGN, 1);
    WeightChange trained = new WeightChange(initial.theta0(), initial.theta0());
    Mask mask = initial.mask();
    for (int round = 0; round < 3; round++) {
      mask =
          Pruning.next(CAMPAIGN.pruning(), new Seeds(CAMPAIGN.seed(), 1), round + 1, mask, trained);
    }
    return StartingPoint.fresh(initial.theta0(), mask);
  }

  private static TrialId trial() {
    return TestCampaigns.ticket(CAMPAIGN, 3);
  }
}
