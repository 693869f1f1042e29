package io.tombola.storage.journal.sql;

/** Selects an id's snapshots by event number and by time of writing; all bounds are inclusive. */
public record SnapshotCriteria(long minSequence, long maxSequence, long minMillis, long maxMillis) {

  static final SnapshotCriteria ALL = new SnapshotCriteria(0, Long.MAX_VALUE, 0, Long.MAX_VALUE);
}
