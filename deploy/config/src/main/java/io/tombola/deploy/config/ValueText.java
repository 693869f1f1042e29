package io.tombola.deploy.config;

import com.typesafe.config.ConfigValue;

/** Shows a value that was found where another was expected. */
final class ValueText {

  private ValueText() {}

  static String text(ConfigValue value) {
    return switch (value.valueType()) {
      case OBJECT -> "a block";
      case LIST -> "a list";
      case NULL -> "null";
      case NUMBER, BOOLEAN -> value.unwrapped().toString();
      case STRING -> "'" + value.unwrapped() + "'";
    };
  }
}
