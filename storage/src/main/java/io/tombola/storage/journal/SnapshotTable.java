package io.tombola.storage.journal;

import akka.persistence.SnapshotSelectionCriteria;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The snapshots of all ids; every method works in the caller's transaction. Stateless. */
final class SnapshotTable {

  /** A snapshot of the state after the event {@code sequence}. */
  record Row(String id, long sequence, Payload payload) {}

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
              (persistence_id, sequence_nr, written_at_millis, serializer, manifest, payload)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (persistence_id, sequence_nr) DO UPDATE SET
              written_at_millis = excluded.written_at_millis, serializer = excluded.serializer,
              manifest = excluded.manifest, payload = excluded.payload""")) {
      upsert.setString(1, row.id());
      upsert.setLong(2, row.sequence());
      upsert.setLong(3, row.payload().writtenAtMillis());
      upsert.setInt(4, row.payload().serializer());
      upsert.setString(5, row.payload().manifest());
      upsert.setString(6, row.payload().text());
      upsert.executeUpdate();
    }
  }

  static Optional<Row> newest(Connection connection, String id, SnapshotSelectionCriteria criteria)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT sequence_nr, written_at_millis, serializer, manifest, payload FROM snapshot "
                + SELECTED
                + " ORDER BY sequence_nr DESC LIMIT 1")) {
      bind(select, id, criteria);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        Payload payload =
            new Payload(row.getLong(2), row.getInt(3), row.getString(4), row.getString(5));
        return Optional.of(new Row(id, row.getLong(1), payload));
      }
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
