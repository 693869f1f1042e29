package io.tombola.deploy.report.picture;

import io.tombola.deploy.report.ArmSummary;
import io.tombola.deploy.report.Findings;
import io.tombola.deploy.report.SummaryStats;
import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.Arm;
import io.tombola.storage.DurableFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Accuracy and early stop against the weights that remain, as PNG files. */
public final class PlotFiles {

  private PlotFiles() {}

  /** PNG files by what they show, {@code accuracy} and {@code early-stop}; none without results. */
  public static Map<String, byte[]> of(Findings findings) {
    if (findings.summary(0, Arm.Kind.TICKET).isEmpty()) {
      return Map.of();
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        "accuracy",
        picture(
            findings,
            "Test accuracy at early stop (%)",
            NumberText::percent,
            ArmSummary::earlyStopTestAccuracyPercent));
    files.put(
        "early-stop",
        picture(
            findings, "Early-stop iteration", NumberText::whole, ArmSummary::earlyStopIteration));
    return files;
  }

  /**
   * Writes the figures beside a report, named after it, such as {@code mine-accuracy.png}.
   *
   * @return the files
   * @throws io.tombola.storage.NoSpaceException if the disk is full
   */
  public static List<Path> write(Findings findings, Path report) {
    String stem = report.getFileName().toString().replaceFirst("\\.html$", "");
    List<Path> files = new ArrayList<>();
    of(findings)
        .forEach(
            (figure, png) -> {
              Path file = report.resolveSibling(stem + "-" + figure + ".png");
              DurableFiles.write(file, png);
              files.add(file);
            });
    return files;
  }

  private static byte[] picture(
      Findings findings,
      String measure,
      DoubleFunction<String> format,
      Function<ArmSummary, SummaryStats> value) {
    String title = findings.campaign().spec().orElseThrow().name() + ": mean, minimum and maximum";
    return png(new DensityPlot(title, measure, format, lines(findings, value)).draw());
  }

  private static List<Line> lines(Findings findings, Function<ArmSummary, SummaryStats> value) {
    List<Line> lines = new ArrayList<>();
    List<Line.Point> tickets = points(findings, Arm.Kind.TICKET, value);
    SummaryStats dense = value.apply(findings.summary(0, Arm.Kind.TICKET).orElseThrow());
    lines.add(
        new Line(
            "dense network",
            LineStyle.DENSE,
            tickets.stream().map(p -> new Line.Point(p.remainingPercent(), dense)).toList()));
    Stream.of(Arm.Kind.values())
        .filter(kind -> kind != Arm.Kind.ORDER)
        .forEach(
            kind -> {
              List<Line.Point> points = points(findings, kind, value);
              if (!points.isEmpty()) {
                lines.add(new Line(findings.nameOf(kind), LineStyle.of(kind), points));
              }
            });
    return lines;
  }

  private static List<Line.Point> points(
      Findings findings, Arm.Kind kind, Function<ArmSummary, SummaryStats> value) {
    return findings.summaries().stream()
        .filter(summary -> summary.kind() == kind)
        .map(s -> new Line.Point(s.remainingPercent(), value.apply(s)))
        .sorted(Comparator.comparingDouble(Line.Point::remainingPercent))
        .toList();
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalStateException("this Java has no writer of PNG files");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode a picture", e);
    }
    return bytes.toByteArray();
  }
}
