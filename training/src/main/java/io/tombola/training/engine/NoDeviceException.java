package io.tombola.training.engine;

/** There is nothing to train on; the message is one line for the user. */
public final class NoDeviceException extends RuntimeException {

  /** Says why. */
  public NoDeviceException(String message) {
    super(message);
  }

  /** Says why, with what kept the backend from starting. */
  public NoDeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
