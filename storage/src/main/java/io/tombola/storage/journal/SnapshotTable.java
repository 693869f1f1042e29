package io.tombola.storage.journal;

import akka.persistence.SnapshotSelectionCriteria;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The snapshots of all ids. Each has a checksum that also depends on the event it was made after,
 * so that none is taken for one of a log that went another way. Every method works in the caller's
 * transaction. Stateless.
 */
final class SnapshotTable {

  /** A snapshot of the state after the event {@code sequence}. */
  record Row(String id, long sequence, Payload payload) {

    private String checksum(Connection connection) throws SQLException {
      String event = EventTable.CURRENT.checksum(connection, id, sequence).orElse("");
      return payload.addTo(new Checksum().text(event).text(id).number(sequence)).value();
    }
  }

  /**
   * A snapshot as it was found.
   *
   * @param sound whether it is what was written, after the event that is there now
   */
  record Found(Row row, boolean sound) {}

  private static final String COLUMNS =
      """
      SELECT persistence_id, sequence_nr, written_at_millis, serializer, manifest, payload, checksum
      FROM snapshot\s""";

  private static final String SELECTED =
      """
      WHERE persistence_id = ? AND sequence_nr >= ? AND sequence_nr <= ?
        AND written_at_millis >= ? AND written_at_millis <= ?""";

  private SnapshotTable() {}

  static void save(Connection connection, Row row) throws SQLException {
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
      upsert.setString(7, row.checksum(connection));
      upsert.executeUpdate();
    }
  }

  /** Those that the criteria choose, the newest first. */
  static List<Found> newest(Connection connection, String id, SnapshotSelectionCriteria criteria)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + SELECTED + " ORDER BY sequence_nr DESC")) {
      bind(select, id, criteria);
      return found(connection, select);
    }
  }

  static List<Found> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + "ORDER BY persistence_id, sequence_nr")) {
      return found(connection, select);
    }
  }

  static void delete(Connection connection, String id, SnapshotSelectionCriteria criteria)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM snapshot " + SELECTED)) {
      bind(delete, id, criteria);
      delete.executeUpdate();
    }
  }

  /** Gives the rows of version 1 their checksums. */
  static void seal(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE snapshot SET checksum = ? WHERE persistence_id = ? AND sequence_nr = ?")) {
      for (Found found : all(connection)) {
        update.setString(1, found.row().checksum(connection));
        update.setString(2, found.row().id());
        update.setLong(3, found.row().sequence());
        update.executeUpdate();
      }
    }
  }

  private static List<Found> found(Connection connection, PreparedStatement select)
      throws SQLException {
    List<Found> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Payload payload = new Payload(row.getLong(3), row.getInt(4), text(row, 5), text(row, 6));
        Row snapshot = new Row(text(row, 1), row.getLong(2), payload);
        found.add(new Found(snapshot, snapshot.checksum(connection).equals(text(row, 7))));
      }
    }
    return found;
  }

  // A damaged row may hold NULL where the table allows none.
  private static String text(ResultSet row, int column) throws SQLException {
    return Objects.requireNonNullElse(row.getString(column), "");
  }

  private static void bind(
      PreparedStatement statement, String id, SnapshotSelectionCriteria criteria)
      throws SQLException {
    statement.setString(1, id);
    statement.setLong(2, criteria.minSequenceNr());
    statement.setLong(3, criteria.maxSequenceNr());
    statement.setLong(4, criteria.minTimestamp());
    statement.setLong(5, criteria.maxTimestamp());
  }
}
