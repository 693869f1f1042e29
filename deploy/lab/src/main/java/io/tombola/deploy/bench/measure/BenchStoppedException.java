package io.tombola.deploy.bench.measure;

/** A benchmark was stopped by its user; the message is one line for the user. */
public final class BenchStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The message is always the same. */
  public BenchStoppedException() {
    super("interrupted; nothing was measured to its end");
  }
}
