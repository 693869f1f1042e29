package io.tombola.deploy.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page with placeholders, written as a name in two pairs of braces. */
final class Template {

  private static final Pattern SLOT = Pattern.compile("\\{\\{([a-z-]+)}}");

  private Template() {}

  /**
   * Fills each slot once, so that a slot's text is never searched for slots.
   *
   * @param slots HTML by name; the assets that every page has are there without asking
   */
  static String fill(String asset, Map<String, String> slots) {
    return SLOT.matcher(Assets.own(asset))
        .replaceAll(slot -> Matcher.quoteReplacement(text(slot.group(1), slots)));
  }

  private static String text(String name, Map<String, String> slots) {
    return switch (name) {
      case "css" -> Assets.own("report.css");
      case "light-css" -> Assets.own("light.css");
      case "dark-css" -> Assets.own("dark.css");
      case "figure-css" -> Assets.own("figure.css");
      case "chart-js" -> Assets.own("chart.js");
      case "ladder-js" -> Assets.own("ladder.js");
      case "uplot-css" -> Assets.uplot("dist/uPlot.min.css");
      case "uplot-js" -> Assets.uplot("dist/uPlot.iife.min.js");
      case "uplot-licence" -> Html.escape(Assets.uplot("LICENSE").strip());
      default -> {
        if (!slots.containsKey(name)) {
          throw new IllegalStateException("the template has an unknown slot: " + name);
        }
        yield slots.get(name);
      }
    };
  }
}
