package io.tombola.deploy.report;

import io.tombola.deploy.report.HtmlTable.Column;
import io.tombola.deploy.text.NumberText;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Campaigns beside each other: one HTML file with everything in it. */
public final class CampaignComparisonHtml {

  private CampaignComparisonHtml() {}

  /** The whole file, to be written as UTF-8. */
  public static String render(CampaignComparison compared) {
    return Template.fill(
        "compare.html",
        Map.ofEntries(
            Map.entry("names", Html.escape(String.join(", ", compared.campaigns()))),
            Map.entry("settings", settings(compared)),
            Map.entry("rounds", rounds(compared)),
            Map.entry("data", Html.json(compared)),
            Map.entry("js", Assets.own("compare.js"))));
  }

  private static String settings(CampaignComparison compared) {
    if (compared.settings().isEmpty()) {
      return Html.paragraph("", "They have the same settings.");
    }
    List<Column> columns =
        Stream.concat(
                Stream.of(Column.text("Setting")),
                compared.campaigns().stream().map(Column::wrapped))
            .toList();
    return new HtmlTable(
            "Settings in which they differ",
            columns,
            compared.settings().stream()
                .map(s -> Stream.concat(Stream.of(s.key()), s.values().stream()).toList())
                .toList())
        .html();
  }

  private static String rounds(CampaignComparison compared) {
    List<Column> columns =
        List.of(
            Column.number("Pm (%)"),
            Column.text("Campaign"),
            Column.text("Arm"),
            Column.number("n"),
            Column.number("Test accuracy at early stop (%)"),
            Column.number("Early-stop iteration"));
    return new HtmlTable(
            "Mean (min to max), the nearest rounds beside each other",
            columns,
            compared.rounds().stream()
                .flatMap(level -> level.arms().stream())
                .map(CampaignComparisonHtml::row)
                .toList())
        .html();
  }

  private static List<String> row(CampaignComparison.Cell cell) {
    SummaryStats accuracy = cell.earlyStopTestAccuracyPercent();
    return List.of(
        NumberText.percent(cell.remainingPercent()),
        cell.campaign(),
        cell.arm(),
        String.valueOf(accuracy.n()),
        "%s (%s to %s)"
            .formatted(
                NumberText.percent(accuracy.mean()),
                NumberText.percent(accuracy.min()),
                NumberText.percent(accuracy.max())),
        cell.earlyStopIteration().iterationText());
  }
}
