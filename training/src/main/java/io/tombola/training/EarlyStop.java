package io.tombola.training;

import io.tombola.protocol.trial.TrialMetrics;
import io.tombola.training.LearningCurve.Point;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Early stopping found afterwards (Frankle and Carbin 2019, section 1). */
public final class EarlyStop {

  private EarlyStop() {}

  /**
   * What a training reached, at the iteration of minimum validation loss (the first on ties) and at
   * its end, and the barrier on its path to the ticket, if there is one.
   *
   * @throws IllegalArgumentException if the curve has no points
   * @throws java.util.NoSuchElementException if the test set was not measured there
   */
  public static TrialMetrics metricsOf(LearningCurve curve, Optional<LinearPath> path) {
    List<Point> points = curve.points();
    // Of equal points, Stream.min gives the first.
    Point best =
        points.stream()
            .min(Comparator.comparingDouble(Point::validationLossNats))
            .orElseThrow(
                () -> new IllegalArgumentException("expected a curve with points, found none"));
    Point last = points.get(points.size() - 1);
    return new TrialMetrics(
        best.iteration(),
        best.validationLossNats(),
        best.validationAccuracyPercent(),
        best.testAccuracyPercent().orElseThrow(),
        last.validationLossNats(),
        last.testAccuracyPercent().orElseThrow(),
        path.isPresent() ? OptionalDouble.of(path.get().barrierPercent()) : OptionalDouble.empty());
  }
}
