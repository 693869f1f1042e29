package io.tombola.deploy.config;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import java.util.List;
import java.util.regex.Pattern;

/** Shows the place of a value as the user typed it. */
final class OriginText {

  /** The start of the origin of a value that was given on the command line. */
  static final String SET = "--set ";

  private static final Pattern LINE = Pattern.compile(": (\\d+)");

  private OriginText() {}

  /** {@code file:line: key}, or the option itself for a value given by {@code --set}. */
  static String subject(ConfigOrigin origin, List<String> path) {
    return isSet(origin) ? origin.description() : place(origin) + ": " + ConfigUtil.joinPath(path);
  }

  /** {@code file:line}. */
  static String place(ConfigOrigin origin) {
    return LINE.matcher(origin.description()).replaceAll(":$1");
  }

  static boolean isSet(ConfigOrigin origin) {
    return origin.description().startsWith(SET);
  }
}
