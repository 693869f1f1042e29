package io.tombola.training.data;

/** A data set that cannot be used; the message is one line for the user. */
public final class BadDataException extends RuntimeException {

  /** Says what was expected, what was found, where, and what to do. */
  public BadDataException(String message) {
    super(message);
  }

  /** The same, with the failure behind it. */
  public BadDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
