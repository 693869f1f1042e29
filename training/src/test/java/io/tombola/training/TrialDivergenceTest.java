package io.tombola.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.EngineName;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.DivergedException;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.network.Weights;
import io.tombola.training.seed.Seeds;
import io.tombola.training.start.InitialTicket;
import io.tombola.training.start.StartingPoint;
import io.tombola.training.start.StartingPoints;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A training whose numbers grow beyond all bounds. */
class TrialDivergenceTest {

  private static final DataSplits SPLITS =
      DataSplits.of(TestCampaigns.fashionMnist(), TestCampaigns.FASHION_MNIST, new Seeds(7, 1));

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
  void aStartWhoseLossIsInfiniteDivergesBeforeTheFirstStep() {
    CampaignSpec wild = TestCampaigns.campaign("wild", TestCampaigns.recipe(1000, 1000, 1000, 1.0));
    InitialTicket start = StartingPoints.initial(wild, 1);
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
        new OptimizerSpec(OptimizerSpec.Type.SGD, 10, 0, 0.5, ScheduleSpec.constant());
    CampaignSpec campaign =
        TestCampaigns.campaign(
            "growing",
            new TrainingSpec(
                recipe.iterations(),
                recipe.batchSize(),
                growing,
                recipe.evaluateEvery(),
                recipe.checkpointEvery()));
    try (TrialTraining training = DenseTraining.start(engine, SPLITS, campaign)) {
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
    InitialTicket start = StartingPoints.initial(campaign, 1);
    return TrialTraining.start(
        engine,
        SPLITS,
        new TrialSetup(
            campaign,
            TestCampaigns.ticket(campaign, 0),
            StartingPoint.fresh(Weights.of(start.theta0().network(), weights), start.mask()),
            EngineName.DL4J));
  }
}
