package io.tombola.storage.journal.sql;

import io.tombola.storage.JournalAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What differs between the databases that can hold a journal; they share the SQL of the tables. */
interface Dialect {

  /**
   * The dialect of the database at {@code address}.
   *
   * @param storeId of the store whose journal it is; empty for a reader of a store without an id
   */
  static Dialect of(JournalAddress address, Optional<String> storeId) {
    return address.isPostgres() ? new Postgres(address, storeId) : new Sqlite(address.url());
  }

  /**
   * The connection that writes: every commit is on the disk when it returns. The caller closes it.
   *
   * @throws io.tombola.storage.lock.StoreInUseException if another process writes to the database
   * @throws io.tombola.storage.BadJournalAddressException if it is not this store's
   */
  Connection openWriter() throws SQLException;

  /**
   * A connection whose transactions each see one snapshot of the database and never block the
   * writer. The caller closes it.
   */
  Connection openReader() throws SQLException;

  /** Problems that the database finds in its own files, a line each. */
  List<String> integrityProblems(Connection connection) throws SQLException;

  /** The exception that reports a failure of the database to the user. */
  RuntimeException explained(SQLException e);
}
