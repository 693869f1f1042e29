package io.tombola.storage.journal;

/**
 * An event as the table holds it.
 *
 * @param writer the incarnation of the actor that persisted it
 * @param adapter the manifest of an event adapter, empty without one
 * @param payload where it lies in the log, and what
 */
record EventRow(String id, long sequence, String writer, String adapter, Payload payload) {}
