package io.tombola.deploy.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.Objects;

/** Typed values of a merged and resolved configuration; errors name the place of the value. */
final class ConfigReader {

  private final ConfigObject root;

  /** Reads from {@code root}, which has a value for each key. */
  ConfigReader(ConfigObject root) {
    this.root = root;
  }

  /**
   * The value of a key.
   *
   * @throws BadConfigException if the type does not accept it
   */
  <T> T get(ConfigKey<T> key) {
    try {
      return key.type().parser().parse(at(key));
    } catch (UnexpectedValueException e) {
      String found = e.found().orElseGet(() -> ValueText.text(at(key)));
      throw error(key, "expected " + e.expected() + ", found " + found);
    }
  }

  /** The error that the value of {@code key} is not {@code expected}. */
  BadConfigException wrong(ConfigKey<?> key, String expected) {
    return error(key, "expected " + expected + ", found " + ValueText.text(at(key)));
  }

  /** An error about the value of {@code key}, with its place and an example. */
  BadConfigException error(ConfigKey<?> key, String message) {
    String example =
        OriginText.isSet(at(key).origin())
            ? "--set " + key.typed() + "=" + key.example().replace("\"", "")
            : key.name() + " = " + key.example();
    return error(key, message, "for example " + example);
  }

  /**
   * An error about the value of {@code key}, with its place.
   *
   * @param next what to type next
   */
  BadConfigException error(ConfigKey<?> key, String message, String next) {
    return BadConfigException.line(
        OriginText.subject(at(key).origin(), key.names()) + ": " + message + "; " + next);
  }

  private ConfigValue at(ConfigKey<?> key) {
    ConfigValue value = root;
    for (String name : key.names()) {
      value = Objects.requireNonNull(((ConfigObject) value).get(name), key.name());
    }
    return value;
  }
}
