package io.tombola.storage.journal.sql;

import io.tombola.storage.DamagedJournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Adds checksums to the rows of a journal of version 1. Stateless. */
final class Migration {

  private static final EventTable UNCHECKED = new EventTable(1);

  private Migration() {}

  /**
   * Works in the caller's transaction.
   *
   * @throws DamagedJournalException if events are missing
   */
  static void addChecksums(Connection connection) throws SQLException {
    for (SequenceRange range : UNCHECKED.sequences().all(connection).values()) {
      SequenceTable.addChecksums(connection, withChecksums(connection, range));
    }
    SnapshotTable.addChecksums(connection);
  }

  private static SequenceRange withChecksums(Connection connection, SequenceRange range)
      throws SQLException {
    long next = range.deletedTo() + 1;
    // The checksums of deleted events are unknown.
    String previous = "";
    while (next <= range.highest()) {
      List<EventRow> page =
          UNCHECKED.read(connection, range.id(), next, Long.MAX_VALUE, Database.PAGE_SIZE);
      List<String> checksums = EventAppender.chain(previous, page);
      EventTable.addChecksums(connection, page, checksums);
      previous = checksums.get(checksums.size() - 1);
      next += page.size();
    }
    return range.extendedTo(range.highest(), previous);
  }
}
