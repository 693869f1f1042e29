package io.tombola.training.data.fetch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A request to stop that cannot be revoked. Thread-safe. */
final class CancellationToken {

  private final CountDownLatch requested = new CountDownLatch(1);

  void request() {
    requested.countDown();
  }

  boolean requested() {
    return requested.getCount() == 0;
  }

  void check() {
    if (requested()) {
      throw new FetchStoppedException();
    }
  }

  /** Waits for a time, or until the request, whichever is first. */
  void pause(long millis) {
    try {
      if (requested.await(millis, TimeUnit.MILLISECONDS)) {
        throw new FetchStoppedException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchStoppedException();
    }
  }
}
