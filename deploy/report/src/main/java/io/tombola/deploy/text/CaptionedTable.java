package io.tombola.deploy.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A table with a title and notes, as plain text or as Markdown.
 *
 * @param title one line
 * @param headings of the columns
 * @param words how many of the first columns hold words; the others hold numbers
 * @param rows one cell for each column
 * @param notes paragraphs below the table
 */
public record CaptionedTable(
    String title, List<String> headings, int words, List<List<String>> rows, List<String> notes) {

  /** As plain text, ended by an empty line. */
  public String toText() {
    List<TextTable.Column> columns = new ArrayList<>();
    for (int c = 0; c < headings.size(); c++) {
      String heading = headings.get(c);
      columns.add(c < words ? TextTable.word(heading) : TextTable.number(heading));
    }
    TextTable table = new TextTable(columns);
    rows.forEach(row -> table.row(row.toArray()));
    String below = String.join("\n", notes);
    return title + "\n" + table + (below.isEmpty() ? "" : below + "\n") + "\n";
  }

  /** As Markdown, ended by an empty line. */
  public String toMarkdown() {
    StringBuilder text = new StringBuilder("## " + title + "\n\n");
    if (!rows.isEmpty()) {
      appendRow(text, headings);
      List<String> rule = new ArrayList<>();
      for (int c = 0; c < headings.size(); c++) {
        rule.add(c < words ? "---" : "---:");
      }
      appendRow(text, rule);
      rows.forEach(row -> appendRow(text, row));
      text.append('\n');
    }
    notes.forEach(note -> text.append(note).append("\n\n"));
    return text.toString();
  }

  private static void appendRow(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
