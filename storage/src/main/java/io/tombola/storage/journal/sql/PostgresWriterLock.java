package io.tombola.storage.journal.sql;

import io.tombola.storage.JournalAddress;
import io.tombola.storage.lock.LockHolder;
import io.tombola.storage.lock.StoreInUseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The exclusive lock of a schema, an advisory lock held by a connection: the server releases it
 * when the connection ends, however it ends. Not thread-safe.
 */
final class PostgresWriterLock {

  private static final String PROGRAM = "tombola ";

  // The server needs some time to notice that a process was killed.
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(500);

  // An earlier connection of this process has been closed; the server will notice.
  private static final Duration OWN_LOCK_TIMEOUT = Duration.ofSeconds(20);

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final Connection connection;
  private final String place;
  private final String key;

  /** The lock of the schema at {@code address}, for a connection in auto-commit mode. */
  PostgresWriterLock(Connection connection, JournalAddress address) {
    this.connection = connection;
    this.place = address.place();
    // Advisory locks are per database: the schema's name distinguishes the stores in it.
    this.key = "hashtextextended('" + address.schema() + "', 7469)";
  }

  /**
   * Acquires the lock; waits only as long as the server needs to notice that its holder has ended.
   *
   * @throws StoreInUseException if another process has it
   */
  void acquire() throws SQLException {
    String self = setApplicationName();
    if (tryWithin(LOCK_TIMEOUT)) {
      return;
    }
    Optional<String> holder = holder();
    boolean own = holder.filter(self::equals).isPresent();
    if ((holder.isPresent() && !own) || !tryWithin(OWN_LOCK_TIMEOUT)) {
      throw new StoreInUseException(
          place,
          holder
              .filter(name -> name.startsWith(PROGRAM))
              .map(name -> name.substring(PROGRAM.length()))
              .orElse("another process"));
    }
  }

  /** Sets this process as the application name; the server may truncate it. */
  private String setApplicationName() throws SQLException {
    String name = PROGRAM + LockHolder.thisProcess(Instant.now()).process();
    try (PreparedStatement set =
        connection.prepareStatement("SELECT set_config('application_name', ?, false)")) {
      set.setString(1, name);
      set.executeQuery().close();
    }
    return Postgres.text(connection, "SHOW application_name").orElseThrow();
  }

  private boolean tryWithin(Duration timeout) throws SQLException {
    boolean taken = true;
    Postgres.execute(connection, "SET lock_timeout = " + timeout.toMillis());
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
    return Postgres.text(
        connection,
        """
        SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND ((l.classid::bigint << 32) | l.objid::bigint) ="""
            + " "
            + key);
  }
}
