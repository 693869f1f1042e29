package io.tombola.storage.journal.sql;

import io.tombola.storage.DamagedJournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/**
 * The number of events in a journal, over all ids.
 *
 * @param written ever
 * @param kept those that were not removed
 */
record EventCounts(long written, long kept) {

  /**
   * Counts them, in the caller's transaction.
   *
   * @param version of the schema
   * @throws DamagedJournalException if the table has more or fewer than the ranges of the ids
   */
  static EventCounts of(Connection connection, int version) throws SQLException {
    EventTable events = new EventTable(version);
    Collection<SequenceRange> ranges = events.sequences().all(connection).values();
    EventCounts totals =
        new EventCounts(
            ranges.stream().mapToLong(SequenceRange::highest).sum(),
            ranges.stream().mapToLong(SequenceRange::count).sum());
    long found = EventTable.count(connection);
    if (found != totals.kept()) {
      for (SequenceRange range : ranges) {
        events.requireWhole(connection, range);
      }
      throw new DamagedJournalException(
          "expected "
              + totals.kept()
              + " events in all, found "
              + found
              + ", some of them beyond the end of their id's");
    }
    return totals;
  }
}
