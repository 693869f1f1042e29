package io.tombola.training.engine.device;

import java.util.OptionalInt;

/**
 * A thread's hold on a core. Closing it lets others take the core; the thread, which stays where it
 * is, should end then. Thread-safe.
 *
 * @param core its number; empty for a thread that runs wherever the system lets it
 * @param release gives the core back
 */
public record CoreLease(OptionalInt core, Runnable release) implements AutoCloseable {

  /** No hold on any core. */
  static final CoreLease NONE = new CoreLease(OptionalInt.empty(), () -> {});

  @Override
  public void close() {
    release.run();
  }
}
