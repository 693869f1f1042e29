package io.tombola.storage.journal.sql;

/**
 * A snapshot as the table holds it.
 *
 * @param sound whether it is what was written, after the event that is there now
 */
public record StoredSnapshot(SnapshotRow row, boolean sound) {}
