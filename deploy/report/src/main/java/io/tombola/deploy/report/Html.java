package io.tombola.deploy.report;

import io.tombola.protocol.json.Json;
import java.util.stream.Collectors;

/** Text that is safe inside an HTML document. */
final class Html {

  private Html() {}

  /** {@code text} as element content or within a quoted attribute. */
  static String escape(String text) {
    return text.codePoints()
        .mapToObj(
            point ->
                switch (point) {
                  case '&' -> "&amp;";
                  case '<' -> "&lt;";
                  case '>' -> "&gt;";
                  case '"' -> "&quot;";
                  case '\'' -> "&#39;";
                  default -> Character.toString(point);
                })
        .collect(Collectors.joining());
  }

  /** A paragraph of escaped text; {@code classes} may be empty. */
  static String paragraph(String classes, String text) {
    String attribute = classes.isEmpty() ? "" : " class=\"" + classes + "\"";
    return "<p" + attribute + ">" + escape(text) + "</p>\n";
  }

  /** Keeps a percent sign, and the number behind Pm, on one line with their neighbours. */
  static String unbroken(String sentence) {
    return sentence.replace(" %", "\u00a0%").replace("Pm ", "Pm\u00a0");
  }

  /** JSON for a script element: nothing in it can end the element or a line of script. */
  static String json(Object value) {
    return Json.text(value)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
