package io.tombola.deploy.report;

import java.util.OptionalDouble;

/**
 * One evaluation of a training. Losses are mean cross entropies in nats and may be infinite or
 * undefined where a training diverged; accuracies are percentages.
 *
 * @param iteration optimizer steps done
 * @param testLossNats empty where the test set was not measured
 * @param testAccuracyPercent empty where the test set was not measured
 * @param maskDistance the part of the weights in which the mask that pruning would give now differs
 *     from that of the evaluation before; empty where nobody measured it
 */
public record CurvePoint(
    int iteration,
    double validationLossNats,
    double validationAccuracyPercent,
    OptionalDouble testLossNats,
    OptionalDouble testAccuracyPercent,
    OptionalDouble maskDistance) {

  /** An evaluation on both sets, without a mask's distance. */
  public CurvePoint(
      int iteration,
      double validationLossNats,
      double validationAccuracyPercent,
      double testLossNats,
      double testAccuracyPercent) {
    this(
        iteration,
        validationLossNats,
        validationAccuracyPercent,
        OptionalDouble.of(testLossNats),
        OptionalDouble.of(testAccuracyPercent),
        OptionalDouble.empty());
  }
}
