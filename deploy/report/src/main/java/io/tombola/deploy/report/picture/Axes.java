package io.tombola.deploy.report.picture;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/**
 * Where values lie on a picture: Pm on a logarithmic scale with fewer weights to the right, the
 * measure upwards.
 *
 * @param plot the part of the picture between the axes, in pixels
 */
record Axes(Rectangle plot, double fewest, double most, double low, double high) {

  private static final double MARGIN = 1.06;
  private static final int LINES = 6;

  /** Axes that hold all points of all lines. */
  static Axes of(Rectangle plot, List<Line> lines) {
    List<Line.Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    double low = all.stream().mapToDouble(p -> p.value().min()).min().orElseThrow();
    double high = all.stream().mapToDouble(p -> p.value().max()).max().orElseThrow();
    double step = step(low, high);
    return new Axes(
        plot,
        all.stream().mapToDouble(Line.Point::remainingPercent).min().orElseThrow() / MARGIN,
        all.stream().mapToDouble(Line.Point::remainingPercent).max().orElseThrow() * MARGIN,
        step * Math.floor(low / step),
        step * Math.max(Math.ceil(high / step), Math.floor(low / step) + 1));
  }

  double x(double remainingPercent) {
    return plot.x + plot.width * Math.log(most / remainingPercent) / Math.log(most / fewest);
  }

  double y(double value) {
    return plot.y + plot.height * (high - value) / (high - low);
  }

  /** The values of horizontal lines. */
  List<Double> ticks() {
    double step = step(low, high);
    List<Double> ticks = new ArrayList<>();
    for (long i = Math.round(low / step); i * step <= high + step / 1e6; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double step(double low, double high) {
    double rough = Math.max(high - low, 1e-6) / LINES;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / power;
    return power * (digit > 5 ? 10 : digit > 2 ? 5 : digit > 1 ? 2 : 1);
  }
}
