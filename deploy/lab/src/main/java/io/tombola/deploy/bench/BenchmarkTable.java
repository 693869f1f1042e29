package io.tombola.deploy.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Results for people.
 *
 * @param title one line
 * @param headings of the columns
 * @param words how many of the first columns hold words; the others hold numbers
 * @param rows a cell a column each
 * @param notes what is said below it, a line each
 */
public record BenchmarkTable(
    String title, List<String> headings, int words, List<List<String>> rows, List<String> notes) {

  private static final int DIGITS = 3;

  /** As Markdown, ended by a newline. */
  String toMarkdown() {
    StringBuilder text = new StringBuilder("## " + title + "\n\n");
    if (!rows.isEmpty()) {
      line(text, headings);
      List<String> rule = new ArrayList<>();
      for (int c = 0; c < headings.size(); c++) {
        rule.add(c < words ? "---" : "---:");
      }
      line(text, rule);
      rows.forEach(row -> line(text, row));
      text.append('\n');
    }
    notes.forEach(note -> text.append(note).append("\n\n"));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** A number with three significant digits, or all before the point. */
  static String number(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : "-";
    }
    int whole = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
    return String.format(Locale.ROOT, "%." + Math.max(0, Math.min(6, DIGITS - whole)) + "f", value);
  }

  /** Milliseconds of seconds. */
  static String millis(double seconds) {
    return number(1000 * seconds);
  }
}
