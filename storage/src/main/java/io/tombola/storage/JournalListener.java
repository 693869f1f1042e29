package io.tombola.storage;

/**
 * Is notified of every write to the journal, on the one thread that writes, between two commits: it
 * must return at once and not throw.
 */
@FunctionalInterface
public interface JournalListener {

  /** Ignores every write. */
  JournalListener NONE = (events, nanos) -> {};

  /**
   * A write is on the disk.
   *
   * @param events of one id, 1 or more
   * @param nanos since the write was submitted, including its wait for earlier writes
   */
  void written(int events, long nanos);
}
