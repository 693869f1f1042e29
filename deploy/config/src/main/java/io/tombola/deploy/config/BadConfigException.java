package io.tombola.deploy.config;

/**
 * A mistake in what the user asked for. Its message is one line: the key, where it stands, what was
 * expected, what was found, what to type next.
 */
public final class BadConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private BadConfigException(String line) {
    super(line.lines().findFirst().orElse(""));
  }

  /**
   * A value that cannot be.
   *
   * @param subject the key, with where it stands
   * @param next what to type next
   */
  static BadConfigException value(String subject, String expected, String found, String next) {
    return line(subject + ": expected " + expected + ", found " + found + "; " + next);
  }

  static BadConfigException line(String line) {
    return new BadConfigException(line);
  }
}
