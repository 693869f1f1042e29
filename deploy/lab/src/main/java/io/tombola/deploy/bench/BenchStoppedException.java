package io.tombola.deploy.bench;

/** A bench was told to stop; the message is one line for the user. */
public final class BenchStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BenchStoppedException() {
    super("interrupted; nothing was measured to its end");
  }
}
