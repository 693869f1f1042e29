package io.tombola.storage.journal.sql;

import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.JournalUnavailableException;
import io.tombola.storage.NoSpaceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** What is specific to PostgreSQL. Thread-safe. */
final class Postgres implements Dialect {

  private static final String NO_SPACE = "53100";
  // The last four: tables with other definitions, or rows that violate their constraints.
  private static final Set<String> DAMAGED =
      Set.of(
          "XX001",
          "XX002",
          /* a file of the database is missing */ "58P01",
          "42P01",
          "42703",
          "23503",
          "23505");

  private static final String NO_PASSWORD_GIVEN = "08004";
  private static final String BAD_LOGIN = "28";
  private static final String NO_PRIVILEGE = "42501";

  // No connection, too many of them, the server is being stopped, no such database, read only.
  private static final Set<String> UNAVAILABLE = Set.of("08", "53", "57", "3D", "25006");

  private final JournalAddress address;
  private final Optional<String> storeId;

  Postgres(JournalAddress address, Optional<String> storeId) {
    this.address = address;
    this.storeId = storeId;
  }

  @Override
  public Connection openWriter() throws SQLException {
    Connection connection = connect();
    try {
      execute(
          connection,
          "SET synchronous_commit = on",
          // So that the server releases the lock of an unreachable host within a minute.
          "SET tcp_keepalives_idle = 30",
          "SET tcp_keepalives_interval = 10",
          "SET tcp_keepalives_count = 3");
      new PostgresWriterLock(connection, address).acquire();
      if (connection.getSchema() == null) {
        execute(connection, "CREATE SCHEMA IF NOT EXISTS " + address.schema());
      }
      owner(connection).claim();
      return connection;
    } catch (SQLException | RuntimeException e) {
      closeAfter(connection, e);
      throw e;
    }
  }

  @Override
  public Connection openReader() throws SQLException {
    Connection connection = connect();
    try {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      owner(connection).check();
      connection.commit();
      return connection;
    } catch (SQLException | RuntimeException e) {
      closeAfter(connection, e);
      throw e;
    }
  }

  /** Damaged pages as the server counts them, if it was set up with data checksums. */
  @Override
  public List<String> integrityProblems(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                SELECT checksum_failures FROM pg_stat_database
                WHERE datname = current_database() AND checksum_failures > 0""");
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? List.of(address.place() + ": " + row.getLong(1) + " pages with a wrong checksum")
          : List.of();
    }
  }

  @Override
  public RuntimeException explained(SQLException e) {
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    String place = address.place();
    String found = ExceptionMessage.of(e);
    if (state.equals(NO_SPACE)) {
      return new NoSpaceException(place, e);
    }
    if (DAMAGED.contains(state)) {
      return new DamagedJournalException(place + ": " + found, e);
    }
    if (state.startsWith(BAD_LOGIN) || state.equals(NO_PASSWORD_GIVEN)) {
      return new JournalUnavailableException(
          place,
          found,
          "set journal.user, and the password in $"
              + JournalAddress.PASSWORD_VARIABLE
              + " or journal.password-file,",
          e);
    }
    if (state.equals(NO_PRIVILEGE)) {
      return new JournalUnavailableException(
          place, found, "let the user create tables there, or name a schema of its own,", e);
    }
    return UNAVAILABLE.stream().anyMatch(state::startsWith)
        ? new JournalUnavailableException(place, found, "check the server", e)
        : new IllegalStateException("cannot use " + place + ": " + found, e);
  }

  private PostgresOwner owner(Connection connection) {
    return new PostgresOwner(connection, address.place(), storeId);
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    address.user().ifPresent(user -> PGProperty.USER.set(properties, user));
    JournalPassword.of(address, System.getenv())
        .ifPresent(password -> PGProperty.PASSWORD.set(properties, password));
    // Not the server's search path: a schema created later would hide the journal.
    PGProperty.CURRENT_SCHEMA.set(properties, address.schema());
    PGProperty.CONNECT_TIMEOUT.set(properties, 10);
    PGProperty.SOCKET_TIMEOUT.set(properties, 60);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    return new Driver().connect(address.url(), properties);
  }

  static void execute(Connection connection, String... commands) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : commands) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of the first row; empty if there is no row or it is NULL. */
  static Optional<String> text(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }

  private static void closeAfter(Connection connection, Exception cause) {
    try {
      connection.close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
