package io.tombola.storage.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/**
 * How many events a journal has, of all ids.
 *
 * @param written ever
 * @param kept those that were not removed
 */
record Totals(long written, long kept) {

  /**
   * Counts them, in the caller's transaction.
   *
   * @param version of the schema
   * @throws DamagedJournalException if there are more or fewer than each id's end tells
   */
  static Totals of(Connection connection, int version) throws SQLException {
    EventTable events = new EventTable(version);
    Collection<Extent> extents = events.sequences().all(connection).values();
    Totals totals =
        new Totals(
            extents.stream().mapToLong(Extent::highest).sum(),
            extents.stream().mapToLong(Extent::count).sum());
    long found = EventTable.count(connection);
    if (found != totals.kept()) {
      for (Extent extent : extents) {
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
