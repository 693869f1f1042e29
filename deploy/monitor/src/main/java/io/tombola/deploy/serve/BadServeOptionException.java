package io.tombola.deploy.serve;

/** A server cannot start with the given options; the message is one line for the user. */
public final class BadServeOptionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadServeOptionException(String line) {
    super(line);
  }
}
