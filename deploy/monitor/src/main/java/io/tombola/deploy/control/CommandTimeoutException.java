package io.tombola.deploy.control;

/** A command that the running process did not execute before the timeout. */
public final class CommandTimeoutException extends RuntimeException {

  /**
   * Reports a timeout.
   *
   * @param message one line: what was expected, what was found, what to type next
   */
  public CommandTimeoutException(String message) {
    super(message);
  }
}
