package io.tombola.storage.journal.sql;

import io.tombola.storage.DamagedJournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Gives the rows of a journal of version 1 their checksums, over what is there. Stateless. */
final class Migration {

  private static final EventTable UNCHECKED = new EventTable(1);

  private Migration() {}

  /**
   * Works in the caller's transaction.
   *
   * @throws DamagedJournalException if events are missing
   */
  static void seal(Connection connection) throws SQLException {
    for (SequenceRange extent : UNCHECKED.sequences().all(connection).values()) {
      SequenceTable.seal(connection, sealed(connection, extent));
    }
    SnapshotTable.seal(connection);
  }

  private static SequenceRange sealed(Connection connection, SequenceRange extent)
      throws SQLException {
    long next = extent.deletedTo() + 1;
    // What stood before the events that are left is not known any more.
    String previous = "";
    while (next <= extent.highest()) {
      List<EventRow> page =
          UNCHECKED.read(connection, extent.id(), next, Long.MAX_VALUE, Database.PAGE_SIZE);
      List<String> checksums = EventAppender.chain(previous, page);
      EventTable.seal(connection, page, checksums);
      previous = checksums.get(checksums.size() - 1);
      next += page.size();
    }
    return extent.extendedTo(extent.highest(), previous);
  }
}
