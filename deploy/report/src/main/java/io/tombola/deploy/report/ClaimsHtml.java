package io.tombola.deploy.report;

import io.tombola.deploy.report.HtmlTable.Column;
import io.tombola.deploy.report.claims.ClaimScore;
import io.tombola.deploy.report.claims.ClaimsText;
import io.tombola.deploy.report.claims.Measure;
import io.tombola.deploy.report.claims.ReplicateScore;
import io.tombola.deploy.report.claims.Source;
import io.tombola.deploy.report.claims.TestResult;
import io.tombola.deploy.report.claims.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** The claims of the paper with their verdicts. */
record ClaimsHtml(List<ClaimScore> scores) {

  String html() {
    return Html.paragraph("", ClaimsText.summary(scores))
        + scores.stream()
            .map(ClaimsHtml::claim)
            .collect(Collectors.joining("", "<ol class=\"claims\">\n", "</ol>\n"));
  }

  private static String claim(ClaimScore score) {
    return "<li id=\"claim-%s\"><p class=\"verdict %s\">%s</p><div>%s%s%s%s</div></li>\n"
        .formatted(
            Html.escape(score.claim().id()),
            cssClass(score.verdict()),
            score.verdict().word(),
            Html.paragraph("statement", Html.unbroken(score.claim().statement())),
            Html.paragraph("", Html.unbroken(numbers(score))),
            source(score),
            replicates(score));
  }

  private static String cssClass(Verdict verdict) {
    return switch (verdict) {
      case HELD -> "held";
      case NOT_HELD -> "not-held";
      case NOT_ENOUGH_DATA -> "open";
    };
  }

  private static String numbers(ClaimScore score) {
    String where = ClaimsText.where(score);
    String counts = score.counts();
    String head =
        where.isEmpty()
            ? Character.toUpperCase(counts.charAt(0)) + counts.substring(1) + "."
            : where + ": " + counts + ".";
    String parts =
        score.parts().stream()
            .filter(part -> part.margin().isPresent())
            .map(part -> " " + sentence(ClaimsText.numbers(part)))
            .collect(Collectors.joining());
    return head + parts + score.notes().stream().map(n -> " " + n).collect(Collectors.joining());
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private static String source(ClaimScore score) {
    Source source = score.claim().source();
    String reported = score.claim().reported();
    String origin = source == Source.PAPER ? "The paper" : sentence(source.citation());
    String text = reported.isEmpty() ? origin : origin + ": " + reported + ".";
    return Html.paragraph("note", Html.unbroken(text.replace(".:", ":")));
  }

  private static String replicates(ClaimScore score) {
    String tables =
        score.parts().stream()
            .filter(part -> part.margin().isPresent())
            .map(ClaimsHtml::table)
            .collect(Collectors.joining());
    return tables.isEmpty()
        ? ""
        : "<details><summary>Each replicate</summary>" + tables + "</details>";
  }

  private static String table(TestResult part) {
    boolean several = part.replicates().stream().anyMatch(r -> r.rounds() > 1);
    List<Column> columns =
        List.of(
            Column.number("Replicate"),
            Column.number(part.subject()),
            Column.number(part.reference()),
            Column.number("Margin"),
            Column.text("Verdict"),
            Column.text("Rounds"),
            Column.text("Early stop"));
    String caption =
        part.measure().title() + (several ? ", means over rounds; a claim holds in each" : "");
    return new HtmlTable(
            sentence(caption).replaceAll("\\.$", ""),
            columns,
            part.replicates().stream().map(r -> row(part.measure(), r)).toList())
        .html();
  }

  private static List<String> row(Measure measure, ReplicateScore replicate) {
    return List.of(
        String.valueOf(replicate.replicate()),
        measure.format(replicate.value()),
        measure.format(replicate.reference()),
        measure.formatMargin(replicate.margin()),
        replicate.verdict() == Verdict.NOT_ENOUGH_DATA ? "undecided" : replicate.verdict().word(),
        "held in " + replicate.roundsHeld() + " of " + replicate.rounds(),
        replicate.atLastIteration() ? "at the last iteration" : "");
  }
}
