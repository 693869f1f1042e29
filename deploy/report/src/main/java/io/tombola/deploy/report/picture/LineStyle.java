package io.tombola.deploy.report.picture;

import io.tombola.protocol.Arm;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * How a line looks: the same colours and dashes as on the report's page.
 *
 * @param stroke solid or dashed
 */
record LineStyle(Color color, BasicStroke stroke, Marker marker) {

  /** What sits on each point. */
  enum Marker {
    NONE,
    CIRCLE,
    SQUARE,
    TRIANGLE,
    DIAMOND,
    CROSS,
    RING,
    PLUS
  }

  static final LineStyle DENSE = style(0x59626d, Marker.NONE, 18, 8);

  static LineStyle of(Arm.Kind kind) {
    return switch (kind) {
      case TICKET -> style(0x0072b2, Marker.CIRCLE);
      case REINIT -> style(0xd55e00, Marker.SQUARE, 12, 6);
      case RANDOM -> style(0x00805e, Marker.TRIANGLE, 3, 5);
      case SHUFFLED -> style(0x8c6100, Marker.CROSS, 9, 5, 3, 5);
      case SAME_SIGN -> style(0xa8568a, Marker.RING, 6, 6);
      case ONE_SHOT -> style(0x7a4fc9, Marker.DIAMOND, 18, 6, 3, 6);
      case CONTINUED -> style(0x6b4a2b, Marker.PLUS, 15, 5, 5, 5, 5, 5);
      case ORDER -> throw new IllegalArgumentException("copies have no line of their own");
    };
  }

  private static LineStyle style(int rgb, Marker marker, float... dash) {
    return new LineStyle(new Color(rgb), stroke(dash), marker);
  }

  /** Dashes are lengths of line and gap in pixels; none for a solid line. */
  private static BasicStroke stroke(float... dash) {
    return dash.length == 0
        ? new BasicStroke(3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
        : new BasicStroke(3, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
  }

  /** Whether the marker is an outline. */
  boolean outlined() {
    return marker == Marker.RING || marker == Marker.CROSS || marker == Marker.PLUS;
  }

  /** The marker around a point; only with one. */
  Shape shape(double x, double y) {
    double r = 6.5;
    Path2D path = new Path2D.Double();
    switch (marker) {
      case CIRCLE, RING -> {
        return new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
      }
      case SQUARE -> {
        return new Rectangle2D.Double(x - r * 0.9, y - r * 0.9, 1.8 * r, 1.8 * r);
      }
      case TRIANGLE ->
          polygon(path, x, y - 1.2 * r, x + 1.15 * r, y + 0.9 * r, x - 1.15 * r, y + 0.9 * r);
      case DIAMOND -> polygon(path, x, y - 1.3 * r, x + 1.2 * r, y, x, y + 1.3 * r, x - 1.2 * r, y);
      case CROSS -> lines(path, x - r, y - r, x + r, y + r, x - r, y + r, x + r, y - r);
      case PLUS -> lines(path, x - 1.2 * r, y, x + 1.2 * r, y, x, y - 1.2 * r, x, y + 1.2 * r);
      case NONE -> throw new IllegalStateException("no marker");
    }
    return path;
  }

  private static void polygon(Path2D path, double... xy) {
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
  }

  private static void lines(Path2D path, double... xy) {
    for (int i = 0; i < xy.length; i += 4) {
      path.moveTo(xy[i], xy[i + 1]);
      path.lineTo(xy[i + 2], xy[i + 3]);
    }
  }
}
