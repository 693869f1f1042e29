package io.tombola.deploy.report;

import io.tombola.deploy.report.HtmlTable.Column;
import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The numbers of each figure, for those who cannot see it or want them exactly. */
record FigureTables(Findings findings, MeanCurves curves) {

  private static final int CURVE_COLUMNS = 11;

  String earlyStopAccuracy() {
    return againstPm(
        "Test accuracy at early stop (%)",
        s -> range(s.earlyStopTestAccuracyPercent(), NumberText::percent));
  }

  String earlyStopIteration() {
    return againstPm("Early-stop iteration", s -> range(s.earlyStopIteration(), NumberText::whole));
  }

  String finalAccuracy() {
    return againstPm(
        "Test accuracy at the end of training (%)",
        s -> range(s.finalTestAccuracyPercent(), NumberText::percent));
  }

  String curveAccuracy() {
    return byIteration(
        "Mean test accuracy (%)",
        curves.testIterations(), MeanCurve::testAccuracyPercent, NumberText::percent);
  }

  String curveLoss() {
    return byIteration(
        "Mean validation loss (nats)",
        curves.iterations(),
        MeanCurve::validationLossNats,
        NumberText::nats);
  }

  private String againstPm(String measure, Function<ArmSummary, String> cell) {
    List<Arm.Kind> kinds =
        Stream.of(Arm.Kind.values())
            .filter(kind -> findings.summaries().stream().anyMatch(s -> s.kind() == kind))
            .toList();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.number("Pm (%)"));
    columns.add(Column.number("Round"));
    kinds.forEach(kind -> columns.add(Column.number(findings.nameOf(kind))));
    List<List<String>> rows =
        findings.summaries().stream()
            .map(ArmSummary::round)
            .distinct()
            .map(round -> row(round, kinds, cell))
            .toList();
    return new HtmlTable(measure + ": mean (min to max), n", columns, rows).html();
  }

  private List<String> row(int round, List<Arm.Kind> kinds, Function<ArmSummary, String> cell) {
    List<Optional<ArmSummary>> arms = kinds.stream().map(k -> findings.summary(round, k)).toList();
    double pm =
        arms.stream().flatMap(Optional::stream).findFirst().orElseThrow().remainingPercent();
    return Stream.concat(
            Stream.of(NumberText.percent(pm), String.valueOf(round)),
            arms.stream().map(arm -> arm.map(cell).orElse("")))
        .toList();
  }

  private static String range(SummaryStats spread, DoubleFunction<String> number) {
    String range =
        spread.n() == 1
            ? ""
            : " (" + number.apply(spread.min()) + " to " + number.apply(spread.max()) + ")";
    return number.apply(spread.mean()) + range + ", n=" + spread.n();
  }

  private String byIteration(
      String measure,
      List<Integer> grid,
      Function<MeanCurve, MeanCurve.Band> part,
      DoubleFunction<String> number) {
    int[] shown = sample(grid.size());
    List<Column> columns = new ArrayList<>();
    columns.add(Column.number("Pm (%)"));
    columns.add(Column.text("Arm"));
    columns.add(Column.number("n"));
    IntStream.of(shown).forEach(i -> columns.add(Column.number(NumberText.whole(grid.get(i)))));
    List<List<String>> rows =
        curves.curves().stream().map(c -> row(c, part.apply(c), shown, number)).toList();
    String caption =
        measure
            + " by iteration, at "
            + NumberText.count(shown.length, "iteration")
            + " of "
            + grid.size()
            + " drawn; all of those are in this file's element report-data";
    return new HtmlTable(caption, columns, rows).html();
  }

  private List<String> row(
      MeanCurve curve, MeanCurve.Band band, int[] shown, DoubleFunction<String> number) {
    double pm =
        findings.summaries().stream()
            .filter(s -> s.round() == curve.round())
            .findFirst()
            .orElseThrow()
            .remainingPercent();
    return Stream.concat(
            Stream.of(NumberText.percent(pm), curve.arm(), String.valueOf(curve.n())),
            IntStream.of(shown)
                .mapToObj(i -> band.mean().get(i).map(number::apply).orElse("not finite")))
        .toList();
  }

  /** At most {@value #CURVE_COLUMNS} indices of {@code length}, evenly, both ends included. */
  private static int[] sample(int length) {
    int columns = Math.min(length, CURVE_COLUMNS);
    return IntStream.range(0, columns)
        .map(i -> columns == 1 ? 0 : Math.round((float) i * (length - 1) / (columns - 1)))
        .toArray();
  }
}
