package io.tombola.storage.journal.sql;

import io.tombola.storage.DamagedJournalException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The events of all ids, each with a checksum that the next one's depends on; every method works in
 * the caller's transaction. Immutable.
 */
final class EventTable {

  /** The table as this version makes it. */
  static final EventTable CURRENT = new EventTable(Schema.VERSION);

  private final SequenceTable sequences;
  private final boolean checked;
  private final String select;

  /** The table as {@code version} of the schema has it. */
  EventTable(int version) {
    sequences = new SequenceTable(version);
    checked = version >= Schema.CHECKSUMS;
    select =
        "SELECT sequence_nr, writer, adapter, written_at_millis, serializer, manifest, payload, "
            + (checked ? "checksum" : "''")
            + " FROM event WHERE persistence_id = ? AND sequence_nr >= ? AND sequence_nr <= ?"
            + " ORDER BY sequence_nr LIMIT ?";
  }

  SequenceTable sequences() {
    return sequences;
  }

  /**
   * The events {@code from} to {@code to} (inclusive) that exist, at most {@code max}.
   *
   * @throws DamagedJournalException if one between them is missing or not what was written
   */
  List<EventRow> read(Connection connection, String id, long from, long to, int max)
      throws SQLException {
    SequenceRange range = sequences.of(connection, id);
    long first = Math.max(from, range.deletedTo() + 1);
    long last = Math.min(to, range.highest());
    if (first > last || max <= 0) {
      return List.of();
    }
    boolean anchored = first == range.deletedTo() + 1;
    Chain chain = new Chain(range, anchored ? first : first - 1);
    try (PreparedStatement rows = connection.prepareStatement(select)) {
      rows.setString(1, id);
      rows.setLong(2, chain.next);
      rows.setLong(3, last);
      rows.setLong(4, anchored ? max : max + 1L);
      try (ResultSet row = rows.executeQuery()) {
        if (!anchored) {
          chain.start(row);
        }
        while (row.next()) {
          chain.take(row);
        }
      }
    }
    if (chain.events.size() < max && chain.next <= last) {
      throw missing(id, chain.next);
    }
    return chain.events;
  }

  /**
   * A checksum over all events up to {@code sequence}; empty if there is no such event, or it has
   * no checksum.
   */
  Optional<String> checksum(Connection connection, String id, long sequence) throws SQLException {
    SequenceRange range = sequences.of(connection, id);
    if (!checked || sequence > range.highest() || sequence < range.deletedTo()) {
      return Optional.empty();
    }
    return sequence == range.deletedTo()
        ? Optional.of(range.deletedChecksum())
        : stored(connection, id, sequence);
  }

  /**
   * Reads all of an id's events.
   *
   * @throws DamagedJournalException if one is missing or not what was written
   */
  void requireWhole(Connection connection, SequenceRange range) throws SQLException {
    for (long next = range.deletedTo() + 1; next <= range.highest(); next += Database.PAGE_SIZE) {
      read(connection, range.id(), next, range.highest(), Database.PAGE_SIZE);
    }
  }

  /** The number of events, over all ids. */
  static long count(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM event");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Inserts rows whose sequence numbers were checked. */
  static void insert(Connection connection, List<EventRow> events, List<String> checksums)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO event (persistence_id, sequence_nr, writer, adapter, written_at_millis,
              serializer, manifest, payload, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
      for (int i = 0; i < events.size(); i++) {
        EventRow event = events.get(i);
        insert.setString(1, event.id());
        insert.setLong(2, event.sequence());
        insert.setString(3, event.writer());
        insert.setString(4, event.adapter());
        insert.setLong(5, event.payload().writtenAtMillis());
        insert.setInt(6, event.payload().serializer());
        insert.setString(7, event.payload().manifest());
        insert.setString(8, event.payload().text());
        insert.setString(9, checksums.get(i));
        insert.executeUpdate();
      }
    }
  }

  /** Adds checksums to rows of version 1. */
  static void addChecksums(Connection connection, List<EventRow> events, List<String> checksums)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE event SET checksum = ? WHERE persistence_id = ? AND sequence_nr = ?")) {
      for (int i = 0; i < events.size(); i++) {
        update.setString(1, checksums.get(i));
        update.setString(2, events.get(i).id());
        update.setLong(3, events.get(i).sequence());
        update.executeUpdate();
      }
    }
  }

  /** Removes an id's events up to {@code to}; their numbers are never used again. */
  void deleteTo(Connection connection, String id, long to) throws SQLException {
    SequenceRange range = sequences.of(connection, id);
    long upTo = Math.min(to, range.highest());
    if (upTo <= range.deletedTo()) {
      return;
    }
    String checksum = stored(connection, id, upTo).orElseThrow(() -> missing(id, upTo));
    if (!SequenceTable.replace(connection, range, range.deletedTo(upTo, checksum))) {
      throw new IllegalStateException("the events of " + id + " changed while some were removed");
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM event WHERE persistence_id = ? AND sequence_nr <= ?")) {
      delete.setString(1, id);
      delete.setLong(2, upTo);
      delete.executeUpdate();
    }
  }

  private static Optional<String> stored(Connection connection, String id, long sequence)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT checksum FROM event WHERE persistence_id = ? AND sequence_nr = ?")) {
      select.setString(1, id);
      select.setLong(2, sequence);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(text(row, 1)) : Optional.empty();
      }
    }
  }

  private static DamagedJournalException missing(String id, long sequence) {
    return DamagedJournalException.at(id, sequence, "it is missing");
  }

  // A damaged row may hold NULL where the table allows none.
  private static String text(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }

  /** Reads events one by one and checks each against the one before it. */
  private final class Chain {

    private final SequenceRange range;
    private final List<EventRow> events = new ArrayList<>();
    private long next;
    private String previous;

    Chain(SequenceRange range, long first) {
      this.range = range;
      this.next = first;
      this.previous = range.deletedChecksum();
    }

    /** Takes the event before the first requested one. */
    void start(ResultSet row) throws SQLException {
      if (!row.next()) {
        throw missing(range.id(), next);
      }
      requirePresent(row);
      previous = text(row, 8);
      next++;
    }

    void take(ResultSet row) throws SQLException {
      requirePresent(row);
      Payload payload = new Payload(row.getLong(4), row.getInt(5), text(row, 6), text(row, 7));
      EventRow event = new EventRow(range.id(), next, text(row, 2), text(row, 3), payload);
      if (checked) {
        check(event, text(row, 8));
      }
      events.add(event);
      next++;
    }

    private void requirePresent(ResultSet row) throws SQLException {
      if (row.getLong(1) != next) {
        throw missing(range.id(), next);
      }
    }

    private void check(EventRow event, String stored) {
      boolean last = event.sequence() == range.highest();
      if (!event.checksum(previous).equals(stored)
          || (last && !stored.equals(range.highestChecksum()))) {
        throw DamagedJournalException.at(
            event.id(), event.sequence(), "it is not what was written, or not in its place");
      }
      previous = stored;
    }
  }
}
