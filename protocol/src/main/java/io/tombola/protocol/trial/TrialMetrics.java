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
