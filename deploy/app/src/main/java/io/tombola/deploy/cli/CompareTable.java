package io.tombola.deploy.cli;

import static io.tombola.deploy.text.TextTable.number;
import static io.tombola.deploy.text.TextTable.word;

import io.tombola.deploy.report.CampaignComparison;
import io.tombola.deploy.report.SummaryStats;
import io.tombola.deploy.text.NumberText;
import io.tombola.deploy.text.TextTable;
import java.util.ArrayList;
import java.util.List;

/** A comparison of campaigns as plain text. */
final class CompareTable {

  private CompareTable() {}

  static String of(CampaignComparison compared) {
    return settings(compared) + "\n" + rounds(compared);
  }

  private static String settings(CampaignComparison compared) {
    if (compared.settings().isEmpty()) {
      return "They have the same settings.\n";
    }
    List<TextTable.Column> columns = new ArrayList<>(List.of(word("setting")));
    compared.campaigns().forEach(label -> columns.add(word(label)));
    TextTable table = new TextTable(columns);
    compared
        .settings()
        .forEach(
            setting -> {
              List<Object> cells = new ArrayList<>(List.of(setting.key()));
              cells.addAll(setting.values());
              table.row(cells.toArray());
            });
    return table.toString();
  }

  private static String rounds(CampaignComparison compared) {
    TextTable table =
        new TextTable(
            List.of(
                number("Pm %"),
                word("campaign"),
                word("arm"),
                number("n"),
                number("test acc %"),
                number("min"),
                number("max"),
                number("early stop"),
                number("min"),
                number("max")));
    compared
        .rounds()
        .forEach(level -> level.arms().forEach(cell -> table.row(cells(cell).toArray())));
    return table.toString();
  }

  private static List<Object> cells(CampaignComparison.Cell cell) {
    SummaryStats accuracy = cell.earlyStopTestAccuracyPercent();
    SummaryStats stop = cell.earlyStopIteration();
    return List.of(
        NumberText.percent(cell.remainingPercent()),
        cell.campaign(),
        cell.arm(),
        accuracy.n(),
        NumberText.percent(accuracy.mean()),
        NumberText.percent(accuracy.min()),
        NumberText.percent(accuracy.max()),
        NumberText.whole(stop.mean()),
        NumberText.whole(stop.min()),
        NumberText.whole(stop.max()));
  }
}
