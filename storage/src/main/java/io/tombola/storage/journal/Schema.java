package io.tombola.storage.journal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The journal's tables, in SQL that SQLite and PostgreSQL share. */
final class Schema {

  static final int VERSION = 1;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE schema_version (version INTEGER NOT NULL)",
          // The highest number is kept apart, so that a log that lost its end is found out.
          """
          CREATE TABLE event_sequence (
            persistence_id TEXT NOT NULL PRIMARY KEY,
            highest_nr BIGINT NOT NULL,
            deleted_to_nr BIGINT NOT NULL)""",
          """
          CREATE TABLE event (
            persistence_id TEXT NOT NULL REFERENCES event_sequence (persistence_id),
            sequence_nr BIGINT NOT NULL,
            writer TEXT NOT NULL,
            written_at_millis BIGINT NOT NULL,
            adapter TEXT NOT NULL,
            serializer INTEGER NOT NULL,
            manifest TEXT NOT NULL,
            payload TEXT NOT NULL,
            PRIMARY KEY (persistence_id, sequence_nr))""",
          """
          CREATE TABLE snapshot (
            persistence_id TEXT NOT NULL,
            sequence_nr BIGINT NOT NULL,
            written_at_millis BIGINT NOT NULL,
            serializer INTEGER NOT NULL,
            manifest TEXT NOT NULL,
            payload TEXT NOT NULL,
            PRIMARY KEY (persistence_id, sequence_nr))""",
          "INSERT INTO schema_version (version) VALUES (" + VERSION + ")");

  private Schema() {}

  /** Makes the tables if there are none, in the caller's transaction. */
  static void create(Connection connection) throws SQLException {
    if (check(connection)) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      for (String sql : TABLES) {
        statement.execute(sql);
      }
    }
  }

  /**
   * Whether the tables are there.
   *
   * @throws NewerJournalException if they are, but this version does not know them
   */
  static boolean check(Connection connection) throws SQLException {
    OptionalInt found = version(connection);
    if (found.isPresent() && found.getAsInt() > VERSION) {
      throw new NewerJournalException(VERSION, found.getAsInt());
    }
    return found.isPresent();
  }

  private static OptionalInt version(Connection connection) throws SQLException {
    if (!exists(connection)) {
      return OptionalInt.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT version FROM schema_version")) {
      if (!row.next()) {
        throw new DamagedJournalException("expected one row in schema_version, found none");
      }
      return OptionalInt.of(row.getInt(1));
    }
  }

  /** Whether the table is there, in the connection's schema if the database has schemas. */
  private static boolean exists(Connection connection) throws SQLException {
    Optional<String> schema = Optional.ofNullable(connection.getSchema());
    try (ResultSet tables =
        connection.getMetaData().getTables(null, null, "schema_version", null)) {
      while (tables.next()) {
        // The pattern's '_' stands for any character, too.
        if (tables.getString("TABLE_NAME").equals("schema_version")
            && schema.equals(Optional.ofNullable(tables.getString("TABLE_SCHEM")))) {
          return true;
        }
      }
      return false;
    }
  }
}
