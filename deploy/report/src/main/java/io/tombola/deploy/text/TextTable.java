package io.tombola.deploy.text;

import java.util.ArrayList;
import java.util.List;

/** A plain-text table: columns of words are aligned to the left, of numbers to the right. */
public final class TextTable {

  private static final String GAP = "  ";

  /**
   * A column's heading and side.
   *
   * @param number whether it is aligned to the right
   */
  public record Column(String heading, boolean number) {}

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table without rows. */
  public TextTable(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** A column of words, aligned to the left. */
  public static Column word(String heading) {
    return new Column(heading, false);
  }

  /** A column of numbers, aligned to the right. */
  public static Column number(String heading) {
    return new Column(heading, true);
  }

  /** Adds a row with one cell a column. */
  public TextTable row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "expected " + columns.size() + " cells, found " + cells.length);
    }
    rows.add(List.of(cells).stream().map(Object::toString).toList());
    return this;
  }

  /** The headings and rows, each line ended by a newline. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    append(out, columns.stream().map(Column::heading).toList());
    rows.forEach(row -> append(out, row));
    return out.toString();
  }

  private void append(StringBuilder out, List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(width(i) - cells.get(i).length());
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).number() ? padding + cells.get(i) : cells.get(i) + padding);
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private int width(int column) {
    return rows.stream()
        .mapToInt(row -> row.get(column).length())
        .reduce(columns.get(column).heading().length(), Math::max);
  }
}
