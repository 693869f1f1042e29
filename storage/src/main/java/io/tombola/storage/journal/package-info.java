/**
 * The event log: Akka Persistence plug-ins over plain JDBC, and a reader for other processes.
 *
 * <p>One thread writes and commits what has gathered in one transaction; a write is acknowledged
 * once it is on the disk. Sequence numbers are contiguous for each id, and every reading checks it.
 */
package io.tombola.storage.journal;
