package io.tombola.actors.device;

/** Sums up how long a training has computed. Confined to its trainer's thread. */
final class ComputeTimer {

  private long nanos;

  /** Runs {@code work} and adds its duration. */
  void during(Runnable work) {
    long start = System.nanoTime();
    work.run();
    nanos += System.nanoTime() - start;
  }

  /** The sum so far. */
  long millis() {
    return Math.round(nanos / 1e6);
  }
}
