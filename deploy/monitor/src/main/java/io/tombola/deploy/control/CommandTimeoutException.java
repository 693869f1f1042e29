package io.tombola.deploy.control;

/** An order that the process at work on the store did not carry out in time. */
public final class CommandTimeoutException extends RuntimeException {

  /**
   * Reports an order that nobody carried out.
   *
   * @param message one line: what was expected, what was found, what to type next
   */
  public CommandTimeoutException(String message) {
    super(message);
  }
}
