package io.tombola.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.seed.Seeds;
import io.tombola.training.start.InitialTicket;
import io.tombola.training.start.StartingPoint;
import io.tombola.training.start.StartingPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A network so large that one evaluation takes several slices. */
class SlicesTest {

  private static final DatasetSpec DATA =
      new DatasetSpec(
          "fashion-mnist",
          Optional.empty(),
          DatasetSpec.Normalization.NONE,
          1000,
          Optional.of(600),
          Optional.of(3000));
  private static final CampaignSpec CAMPAIGN =
      new CampaignSpec(
          "slices",
          7,
          1,
          DATA,
          "conv 16, conv 16, max-pool 4, dense 10",
          TestCampaigns.recipe(4, 2, 2),
          TestCampaigns.PRUNING,
          new RewindSpec(RewindSpec.Mode.WEIGHTS, 2, RewindSpec.OptimizerHandling.RESTORED),
          new ControlsSpec(0, 0));
  private static final DataSplits SPLITS =
      DataSplits.of(TestCampaigns.fashionMnist(), DATA, new Seeds(CAMPAIGN.seed(), 1));

  private static Engine engine;

  @BeforeAll
  static void open() {
    Engines engines = Engines.detect(1);
    engine = engines.open(engines.devices().get(0));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void beingStoppedAfterAnySliceLeavesNoTrace() {
    List<byte[]> rewindPoints = new ArrayList<>();
    byte[] whole;
    int slices = 0;
    try (TrialTraining training = TrialTraining.start(engine, SPLITS, setup())) {
      while (!training.finished()) {
        training.slice();
        slices++;
        if (training.rewindPointDue()) {
          rewindPoints.add(training.rewindPoint().encode());
        }
      }
      whole = training.checkpoint().encode();
    }
    assertTrue(slices >= 6, "3 evaluations took more than a slice each, found " + slices);
    assertEquals(1, rewindPoints.size());

    for (int stop = 1; stop < slices; stop++) {
      List<byte[]> found = new ArrayList<>();
      assertArrayEquals(whole, stoppedAfter(stop, found), "stopped after slice " + stop);
      assertEquals(1, found.size(), "stopped after slice " + stop);
      assertArrayEquals(rewindPoints.get(0), found.get(0));
    }
  }

  private static byte[] stoppedAfter(int slices, List<byte[]> rewindPoints) {
    Checkpoint position;
    try (TrialTraining training = TrialTraining.start(engine, SPLITS, setup())) {
      for (int s = 0; s < slices; s++) {
        training.slice();
        if (training.rewindPointDue()) {
          rewindPoints.add(training.rewindPoint().encode());
        }
      }
      position = Checkpoint.decode(training.checkpoint().encode());
    }
    try (TrialTraining training = TrialTraining.resume(engine, SPLITS, setup(), position)) {
      while (!training.finished()) {
        training.slice();
        if (training.rewindPointDue()) {
          rewindPoints.add(training.rewindPoint().encode());
        }
      }
      return training.checkpoint().encode();
    }
  }

  private static TrialSetup setup() {
    InitialTicket start = StartingPoints.initial(CAMPAIGN, 1);
    return new TrialSetup(
        CAMPAIGN,
        TestCampaigns.ticket(CAMPAIGN, 0),
        StartingPoint.fresh(start.theta0(), start.mask()),
        EngineName.DL4J);
  }
}
