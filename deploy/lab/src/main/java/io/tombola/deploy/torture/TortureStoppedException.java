package io.tombola.deploy.torture;

/** A torture was interrupted; it cannot be resumed. */
public final class TortureStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TortureStoppedException() {
    super("interrupted; the same command starts the torture again from the beginning");
  }
}
