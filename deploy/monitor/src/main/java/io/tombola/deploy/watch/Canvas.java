package io.tombola.deploy.watch;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Collects lines for a screen of a given size and truncates what does not fit. Not thread-safe. */
final class Canvas {

  private final int columns;
  private final int rows;
  private final List<AttributedString> lines = new ArrayList<>();

  Canvas(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  int columns() {
    return columns;
  }

  /** Number of rows not written yet. */
  int remainingRows() {
    return Math.max(0, rows - lines.size());
  }

  void line(String text) {
    line(text, AttributedStyle.DEFAULT);
  }

  void heading(String text) {
    line(text, AttributedStyle.BOLD);
  }

  void line(String text, AttributedStyle style) {
    line(new AttributedStringBuilder().styled(style, text).toAttributedString());
  }

  void line(AttributedString text) {
    if (remainingRows() > 0) {
      lines.add(text.columnSubSequence(0, columns));
    }
  }

  /** Adds an empty line, unless it would be the first one or the screen is full. */
  void emptyLine() {
    if (!lines.isEmpty()) {
      line("");
    }
  }

  /** All rows; unwritten rows are empty. */
  List<AttributedString> lines() {
    List<AttributedString> all = new ArrayList<>(lines);
    while (all.size() < rows) {
      all.add(AttributedString.EMPTY);
    }
    return all;
  }
}
