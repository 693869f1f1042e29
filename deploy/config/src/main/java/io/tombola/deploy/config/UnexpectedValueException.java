package io.tombola.deploy.config;

import java.util.Optional;

/** A value that a type does not accept; {@link ConfigReader} adds the key and its place. */
final class UnexpectedValueException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String expected;
  private final Optional<String> found;

  /** What was expected instead of the value as it is written. */
  UnexpectedValueException(String expected) {
    this(expected, Optional.empty());
  }

  /** What was expected, and how to show what was found. */
  UnexpectedValueException(String expected, String found) {
    this(expected, Optional.of(found));
  }

  private UnexpectedValueException(String expected, Optional<String> found) {
    super("expected " + expected);
    this.expected = expected;
    this.found = found;
  }

  String expected() {
    return expected;
  }

  /** How to show the value; empty: as it is written. */
  Optional<String> found() {
    return found;
  }
}
