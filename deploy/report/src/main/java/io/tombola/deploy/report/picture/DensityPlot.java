package io.tombola.deploy.report.picture;

import io.tombola.deploy.text.NumberText;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleFunction;

/**
 * A measure against the weights that remain, as a picture.
 *
 * @param measure its name and unit
 * @param format how its values are written at the axis
 */
record DensityPlot(String title, String measure, DoubleFunction<String> format, List<Line> lines) {

  private static final int WIDTH = 1600;
  private static final int HEIGHT = 1000;
  private static final Color INK = new Color(0x1b1f24);
  private static final Color GRID = new Color(0xe6e9ed);
  private static final int BAND_ALPHA = 36;
  private static final int LEGEND_ROW = 36;

  private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 30);
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.BOLD, 24);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 22);

  BufferedImage draw() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      g.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, WIDTH, HEIGHT);
      g.setColor(INK);
      g.setFont(TITLE);
      g.drawString(title, 40, 56);
      int top = legend(g) + 30;
      Axes axes = Axes.of(new Rectangle(150, top, WIDTH - 190, HEIGHT - top - 110), lines);
      scales(g, axes);
      lines.forEach(line -> band(g, axes, line));
      lines.forEach(line -> line(g, axes, line));
    } finally {
      g.dispose();
    }
    return image;
  }

  /** Draws the legend in as many rows as it needs; where the last of them ends. */
  private int legend(Graphics2D g) {
    g.setFont(TEXT);
    int x = 40;
    int y = 100;
    for (Line line : lines) {
      int width = 80 + g.getFontMetrics().stringWidth(line.label()) + 40;
      if (x + width > WIDTH && x > 40) {
        x = 40;
        y += LEGEND_ROW;
      }
      stroke(g, line, new Line2D.Double(x, y - 8, x + 70, y - 8));
      mark(g, line, x + 35, y - 8);
      g.setColor(INK);
      g.drawString(line.label(), x + 80, y);
      x += width;
    }
    return y;
  }

  private void scales(Graphics2D g, Axes axes) {
    Rectangle plot = axes.plot();
    g.setFont(TEXT);
    g.setStroke(new BasicStroke(1.5f));
    for (double tick : axes.ticks()) {
      double y = axes.y(tick);
      g.setColor(GRID);
      g.draw(new Line2D.Double(plot.x, y, plot.x + plot.width, y));
      String text = format.apply(tick);
      g.setColor(INK);
      g.drawString(
          text, plot.x - 14 - g.getFontMetrics().stringWidth(text), Math.round((float) y) + 8);
    }
    for (double pm : labelled(axes)) {
      double x = axes.x(pm);
      g.setColor(GRID);
      g.draw(new Line2D.Double(x, plot.y, x, plot.y + plot.height));
      g.setColor(INK);
      centred(g, NumberText.pm(pm), x, plot.y + plot.height + 34);
    }
    g.setFont(LABEL);
    centred(g, "Weights remaining, Pm (%)", plot.getCenterX(), plot.y + plot.height + 84);
    Graphics2D turned = (Graphics2D) g.create();
    turned.rotate(-Math.PI / 2, 44, plot.getCenterY());
    centred(turned, measure, 44, (int) plot.getCenterY());
    turned.dispose();
  }

  /** The densities of all lines, those left out that would overlap. */
  private List<Double> labelled(Axes axes) {
    TreeSet<Double> all = new TreeSet<>();
    lines.forEach(line -> line.points().forEach(p -> all.add(p.remainingPercent())));
    List<Double> kept = new ArrayList<>();
    for (double pm : all.descendingSet()) {
      if (kept.isEmpty() || axes.x(pm) - axes.x(kept.get(kept.size() - 1)) >= 64) {
        kept.add(pm);
      }
    }
    return kept;
  }

  private static void centred(Graphics2D g, String text, double x, int y) {
    g.drawString(text, (float) (x - g.getFontMetrics().stringWidth(text) / 2.0), y);
  }

  private static void band(Graphics2D g, Axes axes, Line line) {
    Path2D band = new Path2D.Double();
    List<Line.Point> points = line.points();
    for (int i = 0; i < points.size(); i++) {
      double x = axes.x(points.get(i).remainingPercent());
      double y = axes.y(points.get(i).value().max());
      if (i == 0) {
        band.moveTo(x, y);
      } else {
        band.lineTo(x, y);
      }
    }
    for (int i = points.size() - 1; i >= 0; i--) {
      band.lineTo(axes.x(points.get(i).remainingPercent()), axes.y(points.get(i).value().min()));
    }
    band.closePath();
    Color color = line.style().color();
    g.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), BAND_ALPHA));
    g.fill(band);
  }

  private static void line(Graphics2D g, Axes axes, Line line) {
    Path2D path = new Path2D.Double();
    for (Line.Point point : line.points()) {
      double x = axes.x(point.remainingPercent());
      double y = axes.y(point.value().mean());
      if (path.getCurrentPoint() == null) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    stroke(g, line, path);
    line.points()
        .forEach(p -> mark(g, line, axes.x(p.remainingPercent()), axes.y(p.value().mean())));
  }

  private static void stroke(Graphics2D g, Line line, Shape path) {
    g.setColor(line.style().color());
    g.setStroke(line.style().stroke());
    g.draw(path);
  }

  private static void mark(Graphics2D g, Line line, double x, double y) {
    LineStyle style = line.style();
    if (style.marker() == LineStyle.Marker.NONE) {
      return;
    }
    Shape shape = style.shape(x, y);
    g.setStroke(new BasicStroke(style.outlined() ? 3 : 2));
    g.setColor(style.outlined() ? Color.WHITE : style.color());
    if (style.marker() != LineStyle.Marker.CROSS && style.marker() != LineStyle.Marker.PLUS) {
      g.fill(shape);
    }
    g.setColor(style.outlined() ? style.color() : Color.WHITE);
    g.draw(shape);
  }
}
