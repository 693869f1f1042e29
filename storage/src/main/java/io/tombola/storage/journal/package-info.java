/**
 * The event log as events: readers and writers for use outside of an actor system. Sequence numbers
 * are contiguous for each persistence id, and every read checks it.
 */
package io.tombola.storage.journal;
