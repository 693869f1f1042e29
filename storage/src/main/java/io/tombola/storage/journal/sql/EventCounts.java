package io.tombola.storage.journal.sql;

import io.tombola.storage.DamagedJournalException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/**
 * How many events a journal has, of all ids.
 *
 * @param written ever
 * @param kept those that were not removed
 */
record EventCounts(long written, long kept) {

  /**
   * Counts them, in the caller's transaction.
   *
   * @param version of the schema
   * @throws DamagedJournalException if there are more or fewer than each id's end tells
   */
  static EventCounts of(Connection connection, int version) throws SQLException {
    EventTable events = new EventTable(version);
    Collection<SequenceRange> extents = events.sequences().all(connection).values();
    EventCounts totals =
        new EventCounts(
            extents.stream().mapToLong(SequenceRange::highest).sum(),
            extents.stream().mapToLong(SequenceRange::count).sum());
    long found = EventTable.count(connection);
    if (found != totals.kept()) {
      for (SequenceRange extent : extents) {
        events.requireWhole(connection, extent);
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
