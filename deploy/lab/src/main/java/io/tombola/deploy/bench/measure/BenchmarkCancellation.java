package io.tombola.deploy.bench.measure;

/** A request to stop a benchmark, which cannot be taken back. Thread-safe. */
public final class BenchmarkCancellation {

  private volatile boolean requested;
  private volatile Runnable onRequest = () -> {};

  /** Requests the stop. */
  public void request() {
    requested = true;
    onRequest.run();
  }

  /** Sets how the operation that now runs is stopped; runs it at once if a stop is requested. */
  public void onRequest(Runnable stop) {
    onRequest = stop;
    if (requested) {
      stop.run();
    }
  }

  /**
   * Does nothing until a stop is requested.
   *
   * @throws BenchStoppedException if it is
   */
  public void check() {
    if (requested) {
      throw new BenchStoppedException();
    }
  }
}
