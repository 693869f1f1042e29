package io.tombola.training;

import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What was measured on the straight line between the final weights of a ticket and of its copy
 * under another data order (Frankle et al. 2020, arXiv 1912.05671, section 2). Immutable.
 *
 * @param points from the ticket (alpha 0) to the copy (alpha 1)
 */
public record LinearPath(List<Point> points) {

  /** The path before anything was measured. */
  public static final LinearPath EMPTY = new LinearPath(List.of());

  /**
   * The network whose every parameter is (1 - alpha) times the ticket's plus alpha times the
   * copy's; so are the running statistics of batch normalisations.
   *
   * @param validationErrorPercent 100 minus the accuracy
   */
  public record Point(
      double alpha,
      double validationLossNats,
      double validationErrorPercent,
      double testLossNats,
      double testErrorPercent) {}

  /** Keeps an immutable copy. */
  public LinearPath {
    points = List.copyOf(points);
  }

  /** This path and one more point. */
  public LinearPath plus(Point point) {
    List<Point> longer = new ArrayList<>(points);
    longer.add(point);
    return new LinearPath(longer);
  }

  /**
   * The error barrier in percentage points: the highest test error on the path minus the mean of
   * the errors at its ends.
   *
   * @throws IllegalStateException if the path has no ends
   */
  public double barrierPercent() {
    if (points.size() < 2) {
      throw new IllegalStateException("expected a path with both ends, found " + points);
    }
    double ends =
        (points.get(0).testErrorPercent() + points.get(points.size() - 1).testErrorPercent()) / 2;
    return points.stream().mapToDouble(Point::testErrorPercent).max().orElseThrow() - ends;
  }

  /** JSON; equal paths give equal bytes. */
  public byte[] encode() {
    return Json.bytes(this);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the bytes are damaged
   */
  public static LinearPath decode(byte[] json) {
    try {
      return Json.MAPPER.readValue(json, LinearPath.class);
    } catch (IOException e) {
      throw new IllegalArgumentException("these bytes are no path", e);
    }
  }
}
