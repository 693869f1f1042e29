package io.tombola.actors.publish.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How callers wake the publisher and wait until it has served them. Requests are numbered; serving
 * request n serves every request before it. Thread-safe.
 */
final class WakeUpSignal {

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long requested;
  private long served;
  private Instant newest = Instant.EPOCH;
  private Optional<Instant> unservedSince = Optional.empty();
  private boolean closed;

  WakeUpSignal(Clock clock) {
    this.clock = clock;
  }

  /** Wakes the publisher and returns at once; returns the number of the request. */
  long request() {
    lock.lock();
    try {
      requested++;
      newest = clock.instant();
      unservedSince = unservedSince.or(() -> Optional.of(newest));
      changed.signalAll();
      return requested;
    } finally {
      lock.unlock();
    }
  }

  /** The time of the oldest request that is not served, if there is one. */
  Optional<Instant> unservedSince() {
    lock.lock();
    try {
      return unservedSince;
    } finally {
      lock.unlock();
    }
  }

  /** The newest request. */
  long latest() {
    lock.lock();
    try {
      return requested;
    } finally {
      lock.unlock();
    }
  }

  void serve(long request) {
    lock.lock();
    try {
      served = Math.max(served, request);
      // Requests that arrived meanwhile are served next; the newest gives their time.
      unservedSince = served == requested ? Optional.empty() : Optional.of(newest);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a request after {@code known}, at most {@code pause}. */
  void awaitRequest(long known, Duration pause) throws InterruptedException {
    long nanos = pause.toNanos();
    lock.lock();
    try {
      while (!closed && requested == known && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@code request} is served; false if that takes longer or never happens. */
  boolean awaitServed(long request, Duration timeout) throws InterruptedException {
    long nanos = timeout.toNanos();
    lock.lock();
    try {
      while (!closed && served < request && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return served >= request;
    } finally {
      lock.unlock();
    }
  }

  boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all waits. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
