package io.tombola.training;

import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.Evaluation;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.engine.TrainingSession;
import io.tombola.training.network.Weights;
import java.util.Optional;

/** Measures the line from a ticket to its copy, point by point. Belongs to one training. */
final class LinearPathMeasurement {

  private final Weights ticket;
  private final TrainingPosition end;
  private final int points;
  private LinearPath path = LinearPath.EMPTY;
  private Optional<IncrementalEvaluation> current = Optional.empty();

  /**
   * Starts at the ticket.
   *
   * @param end where the copy's training ended
   * @param points how many to measure, both ends included
   */
  LinearPathMeasurement(Weights ticket, TrainingPosition end, int points) {
    if (!ticket.network().equals(end.weights().network())) {
      throw new IllegalArgumentException(
          "expected a ticket of %s, found one of %s"
              .formatted(end.weights().network(), ticket.network()));
    }
    this.ticket = ticket;
    this.end = end;
    this.points = points;
  }

  TrainingPosition end() {
    return end;
  }

  LinearPath path() {
    return path;
  }

  boolean done() {
    return path.points().size() == points;
  }

  /** Does about the work of a slice; it leaves the session at a point of the line. */
  void advance(TrainingSession session, DataSplits splits) {
    IncrementalEvaluation evaluation = current.orElseGet(() -> nextPoint(session, splits));
    evaluation.advance();
    current = evaluation.done() ? Optional.empty() : Optional.of(evaluation);
    if (evaluation.done()) {
      path = path.plus(point(evaluation.validation(), evaluation.test().orElseThrow()));
    }
  }

  private IncrementalEvaluation nextPoint(TrainingSession session, DataSplits splits) {
    session.restore(new TrainingPosition(end.iteration(), between(alpha()), OptimizerState.FRESH));
    return new IncrementalEvaluation(session, splits, ticket.network(), loss -> true);
  }

  private LinearPath.Point point(Evaluation validation, Evaluation test) {
    return new LinearPath.Point(
        alpha(),
        finite(validation.lossNats()),
        100 - validation.accuracyPercent(),
        finite(test.lossNats()),
        100 - test.accuracyPercent());
  }

  private double alpha() {
    return (double) path.points().size() / (points - 1);
  }

  /** A path may lead through networks whose loss overflows; JSON has no infinity. */
  private static double finite(double lossNats) {
    return Double.isFinite(lossNats) ? lossNats : Double.MAX_VALUE;
  }

  private Weights between(double alpha) {
    float[] from = ticket.toArray();
    float[] to = end.weights().toArray();
    for (int i = 0; i < from.length; i++) {
      from[i] = (float) ((1 - alpha) * from[i] + alpha * to[i]);
    }
    return Weights.of(ticket.network(), from);
  }
}
