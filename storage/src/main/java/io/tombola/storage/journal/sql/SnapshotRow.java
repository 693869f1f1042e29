package io.tombola.storage.journal.sql;

/** A snapshot of the state after the event {@code sequence} of {@code id}. */
public record SnapshotRow(String id, long sequence, Payload payload) {}
