package io.tombola.deploy.torture;

/** A torture cannot reach a verdict; the message is for the user. */
public final class TortureFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TortureFailedException(String message) {
    super(message);
  }
}
