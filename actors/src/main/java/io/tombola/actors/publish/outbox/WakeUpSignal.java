package io.tombola.actors.publish.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How callers wake the publisher and learn that it has served them. Rings are numbered; serving
 * ring n serves every ring before it. Thread-safe.
 */
final class WakeUpSignal {

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long rung;
  private long served;
  private Instant newest = Instant.EPOCH;
  private Optional<Instant> unservedSince = Optional.empty();
  private boolean closed;

  WakeUpSignal(Clock clock) {
    this.clock = clock;
  }

  /** Wakes the publisher; never waits for it. */
  long ring() {
    lock.lock();
    try {
      rung++;
      newest = clock.instant();
      unservedSince = unservedSince.or(() -> Optional.of(newest));
      changed.signalAll();
      return rung;
    } finally {
      lock.unlock();
    }
  }

  /** When the oldest ring that is not served came, if there is one. */
  Optional<Instant> unservedSince() {
    lock.lock();
    try {
      return unservedSince;
    } finally {
      lock.unlock();
    }
  }

  /** The newest ring. */
  long latest() {
    lock.lock();
    try {
      return rung;
    } finally {
      lock.unlock();
    }
  }

  void serve(long ring) {
    lock.lock();
    try {
      served = Math.max(served, ring);
      // Rings that came while others were served are served next: the newest stands for them.
      unservedSince = served == rung ? Optional.empty() : Optional.of(newest);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a ring after {@code known}, at most {@code pause}. */
  void awaitRing(long known, Duration pause) throws InterruptedException {
    long nanos = pause.toNanos();
    lock.lock();
    try {
      while (!closed && rung == known && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@code ring} is served; false if that takes longer or never happens. */
  boolean awaitServed(long ring, Duration timeout) throws InterruptedException {
    long nanos = timeout.toNanos();
    lock.lock();
    try {
      while (!closed && served < ring && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return served >= ring;
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

  /** Lets everybody go. */
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
