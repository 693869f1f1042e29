/**
 * The journal's tables over plain JDBC, in SQLite or PostgreSQL: rows with chained checksums, group
 * commit, the high watermark of acknowledged events, and the migration of older tables.
 *
 * <p>One thread writes and commits what has gathered in one transaction; a write is acknowledged
 * once it is on the disk.
 */
package io.tombola.storage.journal.sql;
