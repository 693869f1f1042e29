package io.tombola.deploy.report;

import io.tombola.deploy.report.EarlyBird.Settled;
import io.tombola.deploy.report.HtmlTable.Column;
import io.tombola.deploy.report.StabilityPaths.Path;
import io.tombola.deploy.text.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The section on what was measured beyond accuracy and early stop. */
final class AnalysisHtml {

  private final Analysis analysis;
  private final List<String> figures = new ArrayList<>();
  private int number;

  /** Figures are numbered on from {@code lastFigure}. */
  AnalysisHtml(Analysis analysis, int lastFigure) {
    this.analysis = analysis;
    this.number = lastFigure;
  }

  /** The whole section; nothing at all where there is nothing to show. */
  String html() {
    stability();
    overlap();
    analysis.earlyBird().ifPresent(this::earlyBird);
    return figures.isEmpty()
        ? ""
        : """
        <section aria-labelledby="analysis">
        <h2 id="analysis">Analysis</h2>
        <div class="figures">
        %s</div>
        </section>
        """
            .formatted(String.join("", figures));
  }

  private void figure(String id, String caption, String table) {
    number++;
    figures.add(new FigureHtml(id, number, caption, table).html());
  }

  private void stability() {
    StabilityPaths stability = analysis.stability();
    if (!stability.barriers().isEmpty()) {
      figure(
          "barrier",
          "Instability: how far test error rises on the line between a ticket and its copies under"
              + " other data orders, against the weights that remain. Below the dashed line, at 2"
              + " points, a ticket counts as stable.",
          table(
              "Error barrier (points), over replicates and copies",
              List.of("Pm (%)", "Round", "Mean", "Min", "Max", "n"),
              stability.barriers().stream()
                  .map(
                      b ->
                          Stream.concat(
                                  Stream.of(pm(b.remainingPercent()), String.valueOf(b.round())),
                                  cells(b.points()))
                              .toList())));
    }
    if (!stability.paths().isEmpty()) {
      figure(
          "path",
          "Test error on the line from a ticket (0) to its copies (1).",
          table(
              "Mean test error (%) along the line",
              pathHeadings(stability.paths().get(0)),
              stability.paths().stream().map(AnalysisHtml::pathRow)));
    }
  }

  private static List<String> pathHeadings(Path first) {
    return Stream.concat(
            Stream.of("Pm (%)", "Round", "n"),
            first.alphas().stream().map(alpha -> "at " + NumberText.percent(alpha)))
        .toList();
  }

  private static List<String> pathRow(Path path) {
    return Stream.concat(
            Stream.of(
                pm(path.remainingPercent()),
                String.valueOf(path.round()),
                String.valueOf(path.n())),
            path.testErrorPercent().mean().stream()
                .map(error -> error.map(NumberText::percent).orElse("not finite")))
        .toList();
  }

  private void overlap() {
    if (analysis.overlaps().isEmpty()) {
      return;
    }
    figure(
        "overlap",
        "What masks have in common: weights that both keep, in percent of those that one of them"
            + " keeps, beside what random masks of the same densities would have in common.",
        table(
            "Intersection over union (%), mean over pairs",
            List.of(
                "Pm (%)",
                "Round",
                "Between replicates",
                "By chance",
                "With the round before",
                "One-shot and iterative",
                "By chance"),
            analysis.overlaps().stream()
                .map(
                    a ->
                        List.of(
                            pm(a.remainingPercent()),
                            String.valueOf(a.round()),
                            mean(a.betweenReplicates()),
                            mean(a.chance()),
                            mean(a.betweenRounds()),
                            mean(a.oneShot()),
                            mean(a.oneShotChance())))));
  }

  private void earlyBird(EarlyBird bird) {
    figure(
        "early-bird",
        "How far the mask that pruning the dense network would give is from that of the evaluation"
            + " before. "
            + settled(bird.settled()),
        table(
            "When the mask settles: the first of "
                + EarlyBird.EVALUATIONS
                + " evaluations in a row below "
                + NumberText.whole(EarlyBird.THRESHOLD_PERCENT)
                + " %",
            List.of("Replicate", "Iteration"),
            bird.settled().stream()
                .map(s -> List.of(String.valueOf(s.replicate()), iteration(s.iteration())))));
  }

  private static String settled(List<Settled> settled) {
    List<Integer> found =
        settled.stream().flatMap(s -> s.iteration().stream().boxed()).sorted().toList();
    String rule =
        "below "
            + NumberText.whole(EarlyBird.THRESHOLD_PERCENT)
            + " % for "
            + EarlyBird.EVALUATIONS
            + " evaluations in a row";
    String where =
        found.isEmpty()
            ? ""
            : ": from iteration "
                + found.stream().distinct().map(NumberText::whole).collect(Collectors.joining(", "))
                + " on";
    return "It stays %s in %d of %s%s."
        .formatted(rule, found.size(), NumberText.count(settled.size(), "replicate"), where);
  }

  private static String iteration(OptionalInt iteration) {
    return iteration.isPresent() ? NumberText.whole(iteration.getAsInt()) : "never";
  }

  private static String table(String caption, List<String> headings, Stream<List<String>> rows) {
    return new HtmlTable(caption, headings.stream().map(Column::number).toList(), rows.toList())
        .html();
  }

  private static Stream<String> cells(SummaryStats spread) {
    return Stream.of(
        NumberText.percent(spread.mean()),
        NumberText.percent(spread.min()),
        NumberText.percent(spread.max()),
        String.valueOf(spread.n()));
  }

  private static String mean(Optional<SummaryStats> spread) {
    return spread.map(s -> NumberText.percent(s.mean()) + ", n=" + s.n()).orElse("");
  }

  private static String pm(double percent) {
    return NumberText.percent(percent);
  }
}
