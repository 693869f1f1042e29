package io.tombola.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What was measured on the evaluation grid, by rising iteration. Immutable.
 *
 * @param points the start first
 */
public record LearningCurve(List<Point> points) {

  /** The curve before anything was measured. */
  public static final LearningCurve EMPTY = new LearningCurve(List.of());

  /**
   * One evaluation. Losses are mean cross entropies in nats.
   *
   * @param iteration optimizer steps done
   * @param trainLossNats mean over the batches since the point before; empty at iteration 0
   * @param testLossNats for plots; never select on it; empty where a campaign measures the test set
   *     less often
   * @param testAccuracyPercent empty where testLossNats is
   * @param maskDistance the part of the prunable weights in which the mask that pruning would give
   *     now differs from that of the point before (You et al. 2020, arXiv 1909.11957, section 3.1);
   *     only where a campaign asks for it
   */
  public record Point(
      int iteration,
      OptionalDouble trainLossNats,
      double validationLossNats,
      double validationAccuracyPercent,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalDouble testLossNats,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalDouble testAccuracyPercent,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalDouble maskDistance) {

    /** An evaluation on both sets, without a mask's distance. */
    public Point(
        int iteration,
        OptionalDouble trainLossNats,
        double validationLossNats,
        double validationAccuracyPercent,
        double testLossNats,
        double testAccuracyPercent) {
      this(
          iteration,
          trainLossNats,
          validationLossNats,
          validationAccuracyPercent,
          OptionalDouble.of(testLossNats),
          OptionalDouble.of(testAccuracyPercent),
          OptionalDouble.empty());
    }
  }

  /** Keeps an immutable copy. */
  public LearningCurve {
    points = List.copyOf(points);
  }

  /** Whether a validation loss is below those of all points; so is any before the first. */
  public boolean isNewMinimum(double validationLossNats) {
    return points.stream().allMatch(point -> validationLossNats < point.validationLossNats());
  }

  /** This curve and one more point. */
  public LearningCurve plus(Point point) {
    List<Point> longer = new ArrayList<>(points);
    longer.add(point);
    return new LearningCurve(longer);
  }

  /** JSON; equal curves give equal bytes. */
  public byte[] encode() {
    return Json.bytes(this);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the bytes are damaged
   */
  public static LearningCurve decode(byte[] json) {
    try {
      return Json.MAPPER.readValue(json, LearningCurve.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("these bytes are no learning curve", e);
    }
  }
}
