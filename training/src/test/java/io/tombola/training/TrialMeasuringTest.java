package io.tombola.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.training.LearningCurve.Point;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When a training measures, and what. */
class TrialMeasuringTest {

  private static final CampaignSpec CAMPAIGN =
      TestCampaigns.campaign("trial", TestCampaigns.recipe(130, 50, 40));

  private static final DataSplits SPLITS =
      DataSplits.of(
          TestCampaigns.fashionMnist(),
          new DatasetSpec(
              "fashion-mnist",
              Optional.empty(),
              DatasetSpec.Normalization.NONE,
              1000,
              Optional.of(6000),
              Optional.of(1000)),
          new Seeds(7, 1));

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
  void measuresOnTheGridAndStopsForCheckpoints() {
    try (TrialTraining training = DenseTraining.start(engine, SPLITS, CAMPAIGN)) {
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
  void theTestSetIsMeasuredWhereResultsNeedItAndElsewhereAsOftenAsIsAskedFor() {
    CampaignSpec often = overfitting(Optional.empty());
    CampaignSpec seldom = overfitting(Optional.of(90));
    Checkpoint atAll = finished(DenseTraining.start(engine, SPLITS, often));
    Checkpoint atSome = finished(DenseTraining.start(engine, SPLITS, seldom));
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
    try (TrialTraining training = DenseTraining.start(engine, SPLITS, wide)) {
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
  void learnsRealClothes() {
    CampaignSpec real = TestCampaigns.campaign("real", TestCampaigns.recipe(600, 300, 600));
    try (TrialTraining training = DenseTraining.start(engine, SPLITS, real)) {
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
}
