package io.tombola.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.training.LearningCurve.Point;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EarlyStopTest {

  private final LearningCurve curve =
      LearningCurve.EMPTY
          .plus(new Point(0, OptionalDouble.empty(), 2.3, 10, 2.4, 11))
          .plus(new Point(100, OptionalDouble.of(0.7), 0.4, 90, 0.5, 89))
          .plus(new Point(200, OptionalDouble.of(0.3), 0.4, 95, 0.3, 96))
          .plus(new Point(250, OptionalDouble.of(0.1), 0.6, 94, 0.2, 93));

  @Test
  void theFirstOfEqualMinimaIsTheEarlyStop() {
    assertEquals(
        new TrialMetrics(100, 0.4, 90, 89, 0.6, 93), EarlyStop.metricsOf(curve, Optional.empty()));
  }

  @Test
  void theBarrierIsTheWorstOfThePathAboveTheMeanOfItsEnds() {
    LinearPath path =
        new LinearPath(
            List.of(
                new LinearPath.Point(0, 0.4, 5, 0.5, 6),
                new LinearPath.Point(0.5, 0.9, 30, 0.8, 20),
                new LinearPath.Point(1, 0.4, 6, 0.5, 8)));
    assertEquals(path, LinearPath.decode(path.encode()));
    assertEquals(
        OptionalDouble.of(13), EarlyStop.metricsOf(curve, Optional.of(path)).errorBarrierPercent());
    LinearPath cut = new LinearPath(path.points().subList(0, 1));
    assertThrows(IllegalStateException.class, cut::barrierPercent);
  }

  @Test
  void aCurveNeedsPoints() {
    assertThrows(
        IllegalArgumentException.class,
        () -> EarlyStop.metricsOf(LearningCurve.EMPTY, Optional.empty()));
  }

  @Test
  void aCurveIsReadBackFromItsBytes() {
    byte[] json = curve.encode();
    assertEquals(curve, LearningCurve.decode(json));
    assertArrayEquals(json, LearningCurve.decode(json).encode());
    assertEquals(
        "{\"points\":[{\"iteration\":0,\"trainLossNats\":null,\"validationLossNats\":2.3,"
            + "\"validationAccuracyPercent\":10.0,\"testLossNats\":2.4,"
            + "\"testAccuracyPercent\":11.0}",
        new String(json, StandardCharsets.UTF_8).split("},", 2)[0] + "}");
    assertThrows(
        IllegalArgumentException.class,
        () -> LearningCurve.decode("{".getBytes(StandardCharsets.UTF_8)));
  }
}
