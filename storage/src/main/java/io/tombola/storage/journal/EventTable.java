package io.tombola.storage.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The events of all ids; every method works in the caller's transaction. Stateless. */
final class EventTable {

  /**
   * How far an id's events go.
   *
   * @param highest the last event ever written, 0 before the first
   * @param deletedTo the last event removed from the beginning, 0 if none was
   */
  record Extent(long highest, long deletedTo) {}

  private EventTable() {}

  /** Every id that ever had an event, by name. */
  static List<String> ids(Connection connection) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT persistence_id FROM event_sequence ORDER BY persistence_id");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  static Extent extent(Connection connection, String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT highest_nr, deleted_to_nr FROM event_sequence WHERE persistence_id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? new Extent(row.getLong(1), row.getLong(2)) : new Extent(0, 0);
      }
    }
  }

  /**
   * The events {@code from} to {@code to} (inclusive) that exist, at most {@code max}.
   *
   * @throws DamagedJournalException if one between them is missing
   */
  static List<EventRow> read(Connection connection, String id, long from, long to, int max)
      throws SQLException {
    Extent extent = extent(connection, id);
    long first = Math.max(from, extent.deletedTo() + 1);
    long last = Math.min(to, extent.highest());
    List<EventRow> events = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT sequence_nr, writer, adapter, written_at_millis, serializer, manifest, payload
            FROM event WHERE persistence_id = ? AND sequence_nr >= ? AND sequence_nr <= ?
            ORDER BY sequence_nr LIMIT ?""")) {
      select.setString(1, id);
      select.setLong(2, first);
      select.setLong(3, last);
      select.setInt(4, max);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          requirePresent(id, first + events.size(), row.getLong(1));
          events.add(eventOf(id, row));
        }
      }
    }
    long next = first + events.size();
    if (events.size() < max && next <= last) {
      throw missing(id, next);
    }
    return events;
  }

  /**
   * Adds one id's events, which follow on each other.
   *
   * @throws IllegalStateException if they do not follow on what is there
   */
  static void append(Connection connection, List<EventRow> events) throws SQLException {
    EventRow first = events.get(0);
    EventRow last = events.get(events.size() - 1);
    advance(connection, first.id(), first.sequence(), last.sequence());
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO event (persistence_id, sequence_nr, writer, adapter, written_at_millis,
              serializer, manifest, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")) {
      for (EventRow event : events) {
        insert.setString(1, event.id());
        insert.setLong(2, event.sequence());
        insert.setString(3, event.writer());
        insert.setString(4, event.adapter());
        insert.setLong(5, event.payload().writtenAtMillis());
        insert.setInt(6, event.payload().serializer());
        insert.setString(7, event.payload().manifest());
        insert.setString(8, event.payload().text());
        insert.executeUpdate();
      }
    }
  }

  /** Removes an id's events up to {@code to}; their numbers are never used again. */
  static void deleteTo(Connection connection, String id, long to) throws SQLException {
    Extent extent = extent(connection, id);
    long upTo = Math.min(to, extent.highest());
    if (upTo <= extent.deletedTo()) {
      return;
    }
    update(
        connection,
        "UPDATE event_sequence SET deleted_to_nr = ? WHERE persistence_id = ?",
        upTo,
        id);
    update(connection, "DELETE FROM event WHERE sequence_nr <= ? AND persistence_id = ?", upTo, id);
  }

  private static void advance(Connection connection, String id, long first, long last)
      throws SQLException {
    String sql =
        first == 1
            ? """
              INSERT INTO event_sequence (highest_nr, persistence_id, deleted_to_nr)
              VALUES (?, ?, ? - 1) ON CONFLICT DO NOTHING"""
            : """
              UPDATE event_sequence SET highest_nr = ?
              WHERE persistence_id = ? AND highest_nr = ? - 1""";
    try (PreparedStatement advance = connection.prepareStatement(sql)) {
      advance.setLong(1, last);
      advance.setString(2, id);
      advance.setLong(3, first);
      if (advance.executeUpdate() != 1) {
        throw new IllegalStateException(
            "expected event "
                + (extent(connection, id).highest() + 1)
                + " of "
                + id
                + ", was given "
                + first
                + "; does another process write to this journal?");
      }
    }
  }

  private static void update(Connection connection, String sql, long number, String id)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, number);
      update.setString(2, id);
      update.executeUpdate();
    }
  }

  private static EventRow eventOf(String id, ResultSet row) throws SQLException {
    Payload payload =
        new Payload(row.getLong(4), row.getInt(5), row.getString(6), row.getString(7));
    return new EventRow(id, row.getLong(1), row.getString(2), row.getString(3), payload);
  }

  private static void requirePresent(String id, long expected, long found) {
    if (found != expected) {
      throw missing(id, expected);
    }
  }

  private static DamagedJournalException missing(String id, long sequence) {
    return DamagedJournalException.at(id, sequence, "it is missing");
  }
}
