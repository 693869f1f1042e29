package io.tombola.deploy.report;

/**
 * One evaluation of a training. Losses are mean cross entropies in nats and may be infinite or
 * undefined where a training diverged; accuracies are percentages.
 *
 * @param iteration optimizer steps done
 */
public record CurvePoint(
    int iteration,
    double validationLossNats,
    double validationAccuracyPercent,
    double testLossNats,
    double testAccuracyPercent) {}
