package io.tombola.deploy.torture;

/** A torture was interrupted; what it did is of no use to another. */
public final class TortureStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TortureStoppedException() {
    super("interrupted; a torture starts again from its beginning");
  }
}
