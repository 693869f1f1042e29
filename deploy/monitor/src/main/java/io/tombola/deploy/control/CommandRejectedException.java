package io.tombola.deploy.control;

/** An order that the campaign cannot follow as it is, or that names no campaign of the store. */
public final class CommandRejectedException extends RuntimeException {

  /**
   * Refuses an order.
   *
   * @param message one line: what was expected, what was found, what to type next
   */
  public CommandRejectedException(String message) {
    super(message);
  }
}
