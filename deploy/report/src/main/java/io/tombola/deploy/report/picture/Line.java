package io.tombola.deploy.report.picture;

import io.tombola.deploy.report.SummaryStats;
import java.util.List;

/**
 * A line with its band.
 *
 * @param points by rising Pm
 */
record Line(String label, LineStyle style, List<Point> points) {

  /** What was reached with a density. */
  record Point(double remainingPercent, SummaryStats value) {}
}
