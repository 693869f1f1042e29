package io.tombola.storage.journal.sql;

import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.NoSpaceException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What is specific to SQLite. */
final class Sqlite implements Dialect {

  private static final int BUSY_MILLIS = 30_000;

  // A full disk shows as one of these, depending on the file that cannot grow.
  private static final Set<SQLiteErrorCode> NO_SPACE =
      Set.of(
          SQLiteErrorCode.SQLITE_FULL,
          SQLiteErrorCode.SQLITE_IOERR_WRITE,
          SQLiteErrorCode.SQLITE_IOERR_FSYNC,
          SQLiteErrorCode.SQLITE_IOERR_TRUNCATE,
          SQLiteErrorCode.SQLITE_IOERR_SHMSIZE);

  private static final int PRIMARY_CODE = 0xff;
  // The SQL fits the tables of this version, so an SQL error means damaged table definitions, and a
  // violated constraint means damaged rows.
  private static final Set<Integer> DAMAGED =
      Set.of(
          SQLiteErrorCode.SQLITE_CORRUPT.code,
          SQLiteErrorCode.SQLITE_NOTADB.code,
          SQLiteErrorCode.SQLITE_ERROR.code,
          SQLiteErrorCode.SQLITE_SCHEMA.code,
          SQLiteErrorCode.SQLITE_CONSTRAINT.code,
          SQLiteErrorCode.SQLITE_MISMATCH.code,
          SQLiteErrorCode.SQLITE_TOOBIG.code);

  private final String url;

  Sqlite(String url) {
    this.url = url;
  }

  @Override
  public Connection openWriter() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return config.createConnection(url);
  }

  @Override
  public Connection openReader() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setReadOnly(true);
    config.setTransactionMode(SQLiteConfig.TransactionMode.DEFERRED);
    Connection connection = config.createConnection(url);
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public List<String> integrityProblems(Connection connection) throws SQLException {
    List<String> problems = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery("PRAGMA integrity_check")) {
      while (lines.next()) {
        // Several problems of one tree come as one text, under a heading.
        lines.getString(1).lines().filter(line -> !line.startsWith("***")).forEach(problems::add);
      }
    }
    problems.remove("ok");
    return problems;
  }

  @Override
  public RuntimeException explained(SQLException e) {
    if (e instanceof SQLiteException sqlite) {
      SQLiteErrorCode code = sqlite.getResultCode();
      if (NO_SPACE.contains(code)) {
        return new NoSpaceException(url, e);
      }
      if (DAMAGED.contains(code.code & PRIMARY_CODE)
          || code == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ) {
        return new DamagedJournalException(url + ": " + ExceptionMessage.of(e), e);
      }
      if (code == SQLiteErrorCode.SQLITE_READONLY && Files.isWritable(file())) {
        return new DamagedJournalException(url + ": its header says that it is read-only", e);
      }
    }
    return new IllegalStateException("cannot use " + url + ": " + ExceptionMessage.of(e), e);
  }

  private Path file() {
    String address = url.replaceFirst("^jdbc:sqlite:", "");
    return Path.of(URI.create(address.replaceFirst("\\?.*", "")));
  }
}
