package io.tombola.storage;

/**
 * Hears of every write to the journal. Called on the one thread that writes, between two commits:
 * it must return at once and not throw.
 */
@FunctionalInterface
public interface JournalListener {

  /** Hears nothing. */
  JournalListener NONE = (events, nanos) -> {};

  /**
   * A write is on the disk.
   *
   * @param events of one id, 1 or more
   * @param nanos since the write was handed in, its wait for the one before it included
   */
  void written(int events, long nanos);
}
