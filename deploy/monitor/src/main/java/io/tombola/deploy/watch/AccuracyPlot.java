package io.tombola.deploy.watch;

import io.tombola.deploy.report.ArmSummary;
import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.Arm;
import java.util.Arrays;
import java.util.List;

/**
 * Plots mean test accuracy at early stop against the remaining weights in text, one column per
 * round. Where arms overlap, the one with the higher display order is visible.
 *
 * @param low the accuracy of the lowest row, in percent
 * @param high the accuracy of the highest row, in percent
 */
record AccuracyPlot(Arms arms, double low, double high) {

  private static final int AXIS = 7;
  private static final int MIN_ROWS = 4;
  private static final int LABEL = 5;
  private static final double MIN_RANGE = 0.1;

  static AccuracyPlot of(Arms arms) {
    double[] sorted =
        arms.rounds().values().stream()
            .flatMap(round -> round.values().stream())
            .mapToDouble(AccuracyPlot::accuracy)
            .sorted()
            .toArray();
    return sorted.length == 0
        ? new AccuracyPlot(arms, 0, 0)
        : new AccuracyPlot(
            arms, sorted[0], Math.max(sorted[0] + MIN_RANGE, sorted[sorted.length - 1]));
  }

  /** Draws the plot in {@code rows} lines including axis and legend; nothing if that is too few. */
  void draw(Canvas canvas, int rows) {
    int inside = rows - 2;
    int width = canvas.columns() - AXIS;
    if (inside < MIN_ROWS || width <= LABEL || high == low) {
      return;
    }
    char[][] points = points(width, inside);
    for (int row = 0; row < inside; row++) {
      canvas.line(
          String.format("%6s|%s", label(row, inside), new String(points[row]).stripTrailing()));
    }
    canvas.line(" ".repeat(AXIS) + axis(width));
    canvas.line(" ".repeat(AXIS) + legend());
  }

  private String label(int row, int rows) {
    if (row == 0) {
      return NumberText.percent(high);
    }
    return row == rows - 1 ? NumberText.percent(low) : "";
  }

  private char[][] points(int columns, int rows) {
    char[][] points = new char[rows][columns];
    Arrays.stream(points).forEach(row -> Arrays.fill(row, ' '));
    List<Arm.Kind> kinds = arms.kinds();
    // In reverse, so that the first arm is drawn on top.
    for (int k = kinds.size() - 1; k >= 0; k--) {
      Arm.Kind kind = kinds.get(k);
      for (int round : arms.rounds().keySet()) {
        arms.summary(round, kind)
            .ifPresent(
                s -> points[row(accuracy(s), rows)][column(round, columns)] = Arms.markOf(kind));
      }
    }
    return points;
  }

  private String axis(int columns) {
    StringBuilder axis = new StringBuilder(" ".repeat(columns));
    int free = 0;
    for (int round : arms.rounds().keySet()) {
      String label = NumberText.pm(arms.remainingPercent(round));
      int at = column(round, columns);
      if (at >= free && at + label.length() <= columns) {
        axis.replace(at, at + label.length(), label);
        free = at + label.length() + 1;
      }
    }
    return axis.toString().stripTrailing();
  }

  private String legend() {
    StringBuilder legend = new StringBuilder("test accuracy at early stop (%) against Pm (%):");
    arms.kinds()
        .forEach(
            kind ->
                legend
                    .append("  ")
                    .append(Arms.markOf(kind))
                    .append(' ')
                    .append(arms.nameOf(kind)));
    return legend.toString();
  }

  private int row(double accuracy, int rows) {
    return (int) Math.round((high - accuracy) / (high - low) * (rows - 1));
  }

  private int column(int round, int columns) {
    return (int) ((long) round * (columns - LABEL) / Math.max(1, arms.spec().pruning().rounds()));
  }

  private static double accuracy(ArmSummary summary) {
    return summary.earlyStopTestAccuracyPercent().mean();
  }
}
