package io.tombola.storage.journal.sql;

import io.tombola.storage.JournalAddress;
import io.tombola.storage.lock.LockHolder;
import io.tombola.storage.lock.StoreInUseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to write to a schema, held by a connection: the server lets go of it when the
 * connection ends, however it ends. Not thread-safe.
 */
final class PostgresWriterLock {

  private static final String PROGRAM = "tombola ";

  // The server takes a moment to notice that a process was killed.
  private static final Duration SHORT = Duration.ofMillis(500);

  // An earlier connection of this process has been closed; the server will notice.
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Connection connection;
  private final String place;
  private final String key;

  /** The lock of the schema at {@code address}, for a connection in auto-commit mode. */
  PostgresWriterLock(Connection connection, JournalAddress address) {
    this.connection = connection;
    this.place = address.place();
    // Locks count within a database: the name of the schema tells apart the stores in it.
    this.key = "hashtextextended('" + address.schema() + "', 7469)";
  }

  /**
   * Takes the lock; waits no longer than it takes the server to notice that its holder is gone.
   *
   * @throws StoreInUseException if another process has it
   */
  void acquire() throws SQLException {
    String self = sign();
    if (tryWithin(SHORT)) {
      return;
    }
    Optional<String> holder = holder();
    boolean own = holder.filter(self::equals).isPresent();
    if ((holder.isPresent() && !own) || !tryWithin(LONG)) {
      throw new StoreInUseException(
          place,
          holder
              .filter(name -> name.startsWith(PROGRAM))
              .map(name -> name.substring(PROGRAM.length()))
              .orElse("another process"));
    }
  }

  /** Names this process on the connection, as far as the server has room for it. */
  private String sign() throws SQLException {
    String name = PROGRAM + LockHolder.thisProcess(Instant.now()).process();
    try (PreparedStatement set =
        connection.prepareStatement("SELECT set_config('application_name', ?, false)")) {
      set.setString(1, name);
      set.executeQuery().close();
    }
    return text("SHOW application_name").orElseThrow();
  }

  private boolean tryWithin(Duration patience) throws SQLException {
    boolean taken = true;
    Postgres.execute(connection, "SET lock_timeout = " + patience.toMillis());
    try {
      Postgres.execute(connection, "SELECT pg_advisory_lock(" + key + ")");
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw e;
      }
      taken = false;
    }
    Postgres.execute(connection, "RESET lock_timeout");
    return taken;
  }

  private Optional<String> holder() throws SQLException {
    return text(
        """
        SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND ((l.classid::bigint << 32) | l.objid::bigint) ="""
            + " "
            + key);
  }

  private Optional<String> text(String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
    }
  }
}
