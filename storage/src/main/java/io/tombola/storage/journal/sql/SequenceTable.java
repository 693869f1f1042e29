package io.tombola.storage.journal.sql;

import io.tombola.storage.DamagedJournalException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The range of each id's events, stored apart from the events, so that a loss of events is noticed;
 * every method works in the caller's transaction. Immutable.
 */
final class SequenceTable {

  private final boolean checked;
  private final String select;

  /** The table as {@code version} of the schema has it. */
  SequenceTable(int version) {
    checked = version >= Schema.CHECKSUMS;
    select =
        "SELECT persistence_id, highest_nr, deleted_to_nr, "
            + (checked ? "highest_checksum, deleted_checksum, checksum" : "'', '', ''")
            + " FROM event_sequence";
  }

  /**
   * Every id that ever had an event.
   *
   * @throws DamagedJournalException if a row is not what was written, or missing
   */
  SortedMap<String, SequenceRange> all(Connection connection) throws SQLException {
    SortedMap<String, SequenceRange> ranges = new TreeMap<>();
    try (PreparedStatement rows = connection.prepareStatement(select);
        ResultSet row = rows.executeQuery()) {
      while (row.next()) {
        SequenceRange range = rangeOf(text(row, 1), row);
        ranges.put(range.id(), range);
      }
    }
    // One comes from the table, the other from its index: a lost page makes them differ.
    SortedSet<String> indexed = indexed(connection);
    if (!indexed.equals(ranges.keySet())) {
      throw new DamagedJournalException(
          "expected the events of %s, found those of %s".formatted(indexed, ranges.keySet()));
    }
    return ranges;
  }

  /** The range of the events of {@code id}; checked against its checksum. */
  SequenceRange of(Connection connection, String id) throws SQLException {
    try (PreparedStatement rows =
        connection.prepareStatement(select + " WHERE persistence_id = ?")) {
      rows.setString(1, id);
      try (ResultSet row = rows.executeQuery()) {
        if (row.next()) {
          return rangeOf(id, row);
        }
      }
    }
    // With a damaged index an existing log must not be taken for a new one.
    if (all(connection).containsKey(id)) {
      throw new DamagedJournalException("the index of event_sequence does not find " + id);
    }
    return SequenceRange.none(id);
  }

  /** Replaces {@code before} by {@code after}; false if the table holds another range. */
  static boolean replace(Connection connection, SequenceRange before, SequenceRange after)
      throws SQLException {
    return before.highest() == 0 ? insert(connection, after) : update(connection, before, after);
  }

  private static boolean insert(Connection connection, SequenceRange range) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO event_sequence
              (highest_nr, highest_checksum, deleted_to_nr, deleted_checksum, checksum,
               persistence_id)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")) {
      bind(insert, range);
      return insert.executeUpdate() == 1;
    }
  }

  private static boolean update(Connection connection, SequenceRange before, SequenceRange after)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE event_sequence SET highest_nr = ?, highest_checksum = ?, deleted_to_nr = ?,
              deleted_checksum = ?, checksum = ?
            WHERE persistence_id = ? AND highest_nr = ? AND checksum = ?""")) {
      bind(update, after);
      update.setLong(7, before.highest());
      update.setString(8, before.checksum());
      return update.executeUpdate() == 1;
    }
  }

  /** Adds checksums to a row of version 1. */
  static void addChecksums(Connection connection, SequenceRange range) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE event_sequence SET highest_nr = ?, highest_checksum = ?, deleted_to_nr = ?,
              deleted_checksum = ?, checksum = ?
            WHERE persistence_id = ?""")) {
      bind(update, range);
      update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, SequenceRange range) throws SQLException {
    statement.setLong(1, range.highest());
    statement.setString(2, range.highestChecksum());
    statement.setLong(3, range.deletedTo());
    statement.setString(4, range.deletedChecksum());
    statement.setString(5, range.checksum());
    statement.setString(6, range.id());
  }

  private static SortedSet<String> indexed(Connection connection) throws SQLException {
    SortedSet<String> ids = new TreeSet<>();
    try (PreparedStatement rows =
            connection.prepareStatement("SELECT persistence_id FROM event_sequence");
        ResultSet row = rows.executeQuery()) {
      while (row.next()) {
        ids.add(text(row, 1));
      }
    }
    return ids;
  }

  private SequenceRange rangeOf(String id, ResultSet row) throws SQLException {
    SequenceRange range =
        new SequenceRange(id, row.getLong(2), text(row, 4), row.getLong(3), text(row, 5));
    if (checked && !range.checksum().equals(row.getString(6))) {
      throw new DamagedJournalException(
          "the row of "
              + List.of(range.id(), range.highest(), range.deletedTo())
              + " in event_sequence is not what was written");
    }
    return range;
  }

  // A damaged row may hold NULL where the table allows none.
  private static String text(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }
}
