package io.tombola.protocol.trial;

/**
 * What a training reached. Accuracies are percentages; losses are mean cross entropies in nats.
 *
 * @param earlyStopIteration the iteration of minimum validation loss, the first on ties
 */
public record TrialMetrics(
    int earlyStopIteration,
    double earlyStopValidationLossNats,
    double earlyStopValidationAccuracyPercent,
    double earlyStopTestAccuracyPercent,
    double finalValidationLossNats,
    double finalTestAccuracyPercent) {}
