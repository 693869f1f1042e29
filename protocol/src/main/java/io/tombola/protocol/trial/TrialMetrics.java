package io.tombola.protocol.trial;

import java.util.OptionalDouble;

/**
 * What a training reached. Accuracies are percentages; losses are mean cross entropies in nats.
 *
 * @param earlyStopIteration the iteration of minimum validation loss, the first on ties
 * @param errorBarrierPercent for a copy of a ticket under another data order: the highest test
 *     error on the line between both minus the mean of the ends
 */
public record TrialMetrics(
    int earlyStopIteration,
    double earlyStopValidationLossNats,
    double earlyStopValidationAccuracyPercent,
    double earlyStopTestAccuracyPercent,
    double finalValidationLossNats,
    double finalTestAccuracyPercent,
    OptionalDouble errorBarrierPercent) {

  /**
   * Checks that every number is finite.
   *
   * @throws IllegalArgumentException if one is not, since a journal could not hold it
   */
  public TrialMetrics {
    finite(earlyStopValidationLossNats);
    finite(earlyStopValidationAccuracyPercent);
    finite(earlyStopTestAccuracyPercent);
    finite(finalValidationLossNats);
    finite(finalTestAccuracyPercent);
    errorBarrierPercent.ifPresent(TrialMetrics::finite);
  }

  private static void finite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("expected finite numbers as a result, found " + number);
    }
  }

  /** What a training without a barrier reached. */
  public TrialMetrics(
      int earlyStopIteration,
      double earlyStopValidationLossNats,
      double earlyStopValidationAccuracyPercent,
      double earlyStopTestAccuracyPercent,
      double finalValidationLossNats,
      double finalTestAccuracyPercent) {
    this(
        earlyStopIteration,
        earlyStopValidationLossNats,
        earlyStopValidationAccuracyPercent,
        earlyStopTestAccuracyPercent,
        finalValidationLossNats,
        finalTestAccuracyPercent,
        OptionalDouble.empty());
  }
}
