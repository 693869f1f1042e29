package io.tombola.storage.journal.sql;

import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.NewerJournalException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** The journal's tables, in SQL that SQLite and PostgreSQL share. */
final class Schema {

  static final int VERSION = 2;

  /** The first version whose rows carry checksums. */
  static final int CHECKSUMS = 2;

  private static final Set<String> NAMES =
      Set.of("schema_version", "event_sequence", "event", "snapshot");

  private static final List<String> FIRST =
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
          "INSERT INTO schema_version (version) VALUES (1)");

  private static final List<String> SECOND =
      List.of(
          "ALTER TABLE event_sequence ADD COLUMN highest_checksum TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE event_sequence ADD COLUMN deleted_checksum TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE event_sequence ADD COLUMN checksum TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE event ADD COLUMN checksum TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE snapshot ADD COLUMN checksum TEXT NOT NULL DEFAULT ''",
          "ALTER TABLE schema_version ADD COLUMN checksum TEXT NOT NULL DEFAULT ''",
          "UPDATE schema_version SET version = 2, checksum = '" + checksum(2) + "'");

  private Schema() {}

  /**
   * Makes the tables if there are none, and those of this version of older ones, in the caller's
   * transaction.
   */
  static void create(Connection connection) throws SQLException {
    OptionalInt found = find(connection);
    if (found.isEmpty()) {
      execute(connection, FIRST);
    }
    if (found.orElse(1) < CHECKSUMS) {
      execute(connection, SECOND);
      Migration.addChecksums(connection);
    }
  }

  /**
   * The version of the tables; empty if there are none.
   *
   * @throws NewerJournalException if this version does not know them
   * @throws DamagedJournalException if some are missing
   */
  static OptionalInt find(Connection connection) throws SQLException {
    Set<String> tables = tables(connection);
    if (tables.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!tables.equals(NAMES)) {
      throw new DamagedJournalException(
          "expected the tables " + new TreeSet<>(NAMES) + ", found " + tables);
    }
    int version = version(connection);
    if (version > VERSION) {
      throw new NewerJournalException(VERSION, version);
    }
    return OptionalInt.of(version);
  }

  /** Those of the connection's schema, if the database has schemas. */
  private static Set<String> tables(Connection connection) throws SQLException {
    Set<String> found = new TreeSet<>();
    String schema = connection.getSchema();
    DatabaseMetaData about = connection.getMetaData();
    try (ResultSet table = about.getTables(null, null, null, new String[] {"TABLE"})) {
      while (table.next()) {
        if (Objects.equals(schema, table.getString("TABLE_SCHEM"))) {
          found.add(table.getString("TABLE_NAME"));
        }
      }
    }
    found.retainAll(NAMES);
    return found;
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM schema_version")) {
      if (!row.next()) {
        throw new DamagedJournalException("expected one row in schema_version, found none");
      }
      int version = row.getInt(1);
      boolean valid =
          row.getMetaData().getColumnCount() > 1
              ? checksum(version).equals(row.getString(2))
              : version < CHECKSUMS;
      if (version < 1 || !valid) {
        throw new DamagedJournalException(
            "version " + version + " in schema_version is not what was written");
      }
      return version;
    }
  }

  /** What stands beside a version, from the second on. */
  static String checksum(int version) {
    return new Checksum().text("schema_version").number(version).value();
  }

  private static void execute(Connection connection, List<String> commands) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : commands) {
        statement.execute(sql);
      }
    }
  }
}
