package io.tombola.deploy.cli;

/** A command that cannot be carried out as typed; the message is one line for the user. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String line) {
    super(line);
  }
}
