package io.tombola.actors.device;

/** How long a training has computed. Confined to its trainer's thread. */
final class ComputeTimer {

  private long nanos;

  /** Does some of it. */
  void during(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    nanos += System.nanoTime() - begin;
  }

  /** The sum of what was done. */
  long millis() {
    return Math.round(nanos / 1e6);
  }
}
