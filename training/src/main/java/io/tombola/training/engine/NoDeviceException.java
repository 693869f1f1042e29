package io.tombola.training.engine;

/** There is nothing to train on; the message is one line for the user. */
public final class NoDeviceException extends RuntimeException {

  /** Says why, with what kept the backend from starting, if something did. */
  public NoDeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
