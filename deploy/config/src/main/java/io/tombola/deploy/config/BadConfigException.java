package io.tombola.deploy.config;

/**
 * An error in the configuration. Its message is one line: the key and its place, what was expected,
 * what was found, what to type next.
 */
public final class BadConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private BadConfigException(String line) {
    super(line.lines().findFirst().orElse(""));
  }

  /**
   * A value that is not accepted.
   *
   * @param subject the key with its place
   * @param next what to type next
   */
  static BadConfigException value(String subject, String expected, String found, String next) {
    return line(subject + ": expected " + expected + ", found " + found + "; " + next);
  }

  static BadConfigException line(String line) {
    return new BadConfigException(line);
  }
}
