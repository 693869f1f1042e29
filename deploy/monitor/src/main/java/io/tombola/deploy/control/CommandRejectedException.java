package io.tombola.deploy.control;

/** A command that the campaign's state does not allow, or for a campaign that does not exist. */
public final class CommandRejectedException extends RuntimeException {

  /**
   * Rejects a command.
   *
   * @param message one line: what was expected, what was found, what to type next
   */
  public CommandRejectedException(String message) {
    super(message);
  }
}
