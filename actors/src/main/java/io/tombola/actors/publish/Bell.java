package io.tombola.actors.publish;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How callers wake the publisher and learn that it has served them. Rings are numbered; serving
 * ring n serves every ring before it. Thread-safe.
 */
final class Bell {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long rung;
  private long served;
  private boolean closed;

  /** Wakes the publisher; never waits for it. */
  long ring() {
    lock.lock();
    try {
      rung++;
      changed.signalAll();
      return rung;
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
