package io.tombola.storage.journal.sql;

import io.tombola.storage.JournalAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What differs between the databases that can hold a journal; the SQL is theirs alike. */
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
   * A connection that sees one moment in each transaction, and holds up nobody. The caller closes
   * it.
   */
  Connection openReader() throws SQLException;

  /** What the database finds wrong with its own files, a line each. */
  List<String> integrityProblems(Connection connection) throws SQLException;

  /** The exception of the store for a failure of the database. */
  RuntimeException explained(SQLException e);
}
