package io.tombola.storage.journal.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The snapshots of all ids. Each has a checksum that also depends on the event it was made after,
 * so that a snapshot is never used with a log that has other events. Every method works in the
 * caller's transaction. Stateless.
 */
final class SnapshotTable {

  private static final String COLUMNS =
      """
      SELECT persistence_id, sequence_nr, written_at_millis, serializer, manifest, payload, checksum
      FROM snapshot\s""";

  private static final String SELECTED =
      """
      WHERE persistence_id = ? AND sequence_nr >= ? AND sequence_nr <= ?
        AND written_at_millis >= ? AND written_at_millis <= ?""";

  private SnapshotTable() {}

  static void save(Connection connection, SnapshotRow row) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            INSERT INTO snapshot
              (persistence_id, sequence_nr, written_at_millis, serializer, manifest, payload,
               checksum)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (persistence_id, sequence_nr) DO UPDATE SET
              written_at_millis = excluded.written_at_millis, serializer = excluded.serializer,
              manifest = excluded.manifest, payload = excluded.payload,
              checksum = excluded.checksum""")) {
      upsert.setString(1, row.id());
      upsert.setLong(2, row.sequence());
      upsert.setLong(3, row.payload().writtenAtMillis());
      upsert.setInt(4, row.payload().serializer());
      upsert.setString(5, row.payload().manifest());
      upsert.setString(6, row.payload().text());
      upsert.setString(7, checksum(connection, row));
      upsert.executeUpdate();
    }
  }

  /** The snapshots that match, the newest first. */
  static List<StoredSnapshot> newest(Connection connection, String id, SnapshotCriteria criteria)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + SELECTED + " ORDER BY sequence_nr DESC")) {
      bind(select, id, criteria);
      return found(connection, select);
    }
  }

  static List<StoredSnapshot> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + "ORDER BY persistence_id, sequence_nr")) {
      return found(connection, select);
    }
  }

  static void delete(Connection connection, String id, SnapshotCriteria criteria)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM snapshot " + SELECTED)) {
      bind(delete, id, criteria);
      delete.executeUpdate();
    }
  }

  /** Adds checksums to the rows of version 1. */
  static void addChecksums(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE snapshot SET checksum = ? WHERE persistence_id = ? AND sequence_nr = ?")) {
      for (StoredSnapshot found : all(connection)) {
        update.setString(1, checksum(connection, found.row()));
        update.setString(2, found.row().id());
        update.setLong(3, found.row().sequence());
        update.executeUpdate();
      }
    }
  }

  private static List<StoredSnapshot> found(Connection connection, PreparedStatement select)
      throws SQLException {
    List<StoredSnapshot> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Payload payload = new Payload(row.getLong(3), row.getInt(4), text(row, 5), text(row, 6));
        SnapshotRow snapshot = new SnapshotRow(text(row, 1), row.getLong(2), payload);
        found.add(
            new StoredSnapshot(snapshot, checksum(connection, snapshot).equals(text(row, 7))));
      }
    }
    return found;
  }

  // A damaged row may hold NULL where the table allows none.
  private static String text(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }

  private static String checksum(Connection connection, SnapshotRow row) throws SQLException {
    String event = EventTable.CURRENT.checksum(connection, row.id(), row.sequence()).orElse("");
    Checksum sum = new Checksum().text(event).text(row.id()).number(row.sequence());
    return row.payload().addTo(sum).value();
  }

  private static void bind(PreparedStatement statement, String id, SnapshotCriteria criteria)
      throws SQLException {
    statement.setString(1, id);
    statement.setLong(2, criteria.minSequence());
    statement.setLong(3, criteria.maxSequence());
    statement.setLong(4, criteria.minMillis());
    statement.setLong(5, criteria.maxMillis());
  }
}
