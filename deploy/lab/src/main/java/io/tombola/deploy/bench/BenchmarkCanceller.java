package io.tombola.deploy.bench;

/** Ends a bench between two windows. Thread-safe. */
final class BenchmarkCanceller {

  private volatile boolean asked;
  private volatile Runnable underWay = () -> {};

  /** Asks for the end. */
  void ask() {
    asked = true;
    underWay.run();
  }

  /** Says how what takes long from now on is stopped; called at once if the end was asked for. */
  void with(Runnable stop) {
    underWay = stop;
    if (asked) {
      stop.run();
    }
  }

  /**
   * Looks whether the end was asked for.
   *
   * @throws BenchStoppedException if it was
   */
  void check() {
    if (asked) {
      throw new BenchStoppedException();
    }
  }
}
