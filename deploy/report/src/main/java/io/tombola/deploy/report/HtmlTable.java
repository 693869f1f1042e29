package io.tombola.deploy.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table that a screen reader can follow: a caption, headed columns, and rows headed by their
 * first cell.
 */
record HtmlTable(String caption, List<Column> columns, List<List<String>> rows) {

  /** A column's heading and how its cells are set. */
  record Column(String heading, Style style) {

    /** How cells look; the name in lower case is their CSS class. */
    enum Style {
      PLAIN(""),
      NUMBER("number"),
      HASH("hash"),
      LONG("long");

      private final String cssClass;

      Style(String cssClass) {
        this.cssClass = cssClass;
      }
    }

    static Column text(String heading) {
      return new Column(heading, Style.PLAIN);
    }

    static Column number(String heading) {
      return new Column(heading, Style.NUMBER);
    }

    static Column hash(String heading) {
      return new Column(heading, Style.HASH);
    }

    static Column wrapped(String heading) {
      return new Column(heading, Style.LONG);
    }

    private String attribute() {
      return style.cssClass.isEmpty() ? "" : " class=\"" + style.cssClass + "\"";
    }
  }

  /** The table in a box that scrolls by itself on a narrow screen. */
  String html() {
    String heads =
        columns.stream()
            .map(
                c -> "<th scope=\"col\"" + c.attribute() + ">" + Html.escape(c.heading()) + "</th>")
            .collect(Collectors.joining());
    String body = rows.stream().map(this::row).collect(Collectors.joining("\n"));
    return """
        <div class="scroll" tabindex="0" role="region" aria-label="%1$s"><table>
        <caption>%1$s</caption>
        <thead><tr>%2$s</tr></thead>
        <tbody>
        %3$s
        </tbody>
        </table></div>
        """
        .formatted(Html.escape(caption), heads, body);
  }

  private String row(List<String> cells) {
    return IntStream.range(0, cells.size())
        .mapToObj(
            i -> {
              String tag = i == 0 ? "th scope=\"row\"" : "td";
              String end = i == 0 ? "th" : "td";
              String text = Html.escape(cells.get(i));
              return "<" + tag + columns.get(i).attribute() + ">" + text + "</" + end + ">";
            })
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }
}
