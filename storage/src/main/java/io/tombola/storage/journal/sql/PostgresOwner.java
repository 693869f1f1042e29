package io.tombola.storage.journal.sql;

import io.tombola.storage.BadJournalAddressException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Records in a schema which store it belongs to, so that two stores never share one by accident.
 * Not thread-safe.
 */
final class PostgresOwner {

  private static final String TABLE = "journal_owner";

  private final Connection connection;
  private final String place;
  private final Optional<String> storeId;

  PostgresOwner(Connection connection, String place, Optional<String> storeId) {
    this.connection = connection;
    this.place = place;
    this.storeId = storeId;
  }

  /**
   * Claims the schema for this store if no store owns it; for the holder of the writer's lock, in
   * auto-commit mode.
   *
   * @throws BadJournalAddressException if the schema is another's, or cannot hold a journal
   */
  void claim() throws SQLException {
    requireUtf8();
    if (connection.getSchema() == null) {
      throw refused("a schema to write to", "none");
    }
    check();
    if (owner().isEmpty()) {
      connection.setAutoCommit(false);
      Postgres.execute(
          connection,
          "CREATE TABLE IF NOT EXISTS " + TABLE + " (store_id TEXT NOT NULL PRIMARY KEY)");
      insert(storeId.orElseThrow());
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  /**
   * Checks that this store or no store owns the schema.
   *
   * @throws BadJournalAddressException if it is another's
   */
  void check() throws SQLException {
    Optional<String> owner = owner();
    if (owner.isEmpty()
        && !Postgres.text(connection, "SELECT to_regclass('schema_version')").isEmpty()) {
      throw refused("a schema without tables of other programs", "a table schema_version");
    }
    if (owner.isPresent() && !owner.equals(storeId)) {
      throw refused(
          "the journal of this store, " + storeId.orElse("which has no id"),
          "that of the store " + owner.get());
    }
  }

  private Optional<String> owner() throws SQLException {
    // Resolved by the search path, as every other table is.
    return Postgres.text(connection, "SELECT to_regclass('" + TABLE + "')").isEmpty()
        ? Optional.empty()
        : Postgres.text(connection, "SELECT store_id FROM " + TABLE);
  }

  private void insert(String id) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + TABLE + " (store_id) VALUES (?)")) {
      insert.setString(1, id);
      insert.executeUpdate();
    }
  }

  private void requireUtf8() throws SQLException {
    String encoding = Postgres.text(connection, "SHOW server_encoding").orElse("none");
    if (!encoding.equals("UTF8")) {
      throw new BadJournalAddressException(
          "journal.url: expected a database with the encoding UTF8 at "
              + place
              + ", found "
              + encoding
              + "; create one by CREATE DATABASE ... ENCODING 'UTF8'");
    }
  }

  private BadJournalAddressException refused(String expected, String found) {
    return new BadJournalAddressException(
        "journal.url: expected "
            + expected
            + ", at "
            + place
            + ", found "
            + found
            + "; give each store a schema of its own by ?currentSchema=NAME at the end of its url");
  }
}
