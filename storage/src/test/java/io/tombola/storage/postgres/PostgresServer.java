package io.tombola.storage.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL on loopback. Its superuser needs no password, other users do. Thread-safe; the
 * caller closes it.
 */
public final class PostgresServer implements AutoCloseable {

  public static final String SUPERUSER = "postgres";

  private static final String LOGINS =
      """
      host all postgres 127.0.0.1/32 trust
      host all all 127.0.0.1/32 scram-sha-256
      """;

  private final EmbeddedPostgres.Builder builder;
  private final AtomicInteger schemas = new AtomicInteger();
  private EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres.Builder builder) throws IOException {
    this.builder = builder;
    this.server = builder.start();
  }

  /** The server that the tests of this process share; it stops with the process. */
  public static PostgresServer shared() {
    return Shared.SERVER;
  }

  /** Another server, with its data in {@code directory}, which is empty. */
  public static PostgresServer start(Path directory) throws IOException {
    return new PostgresServer(settings(directory).setCleanDataDirectory(false));
  }

  /** The address of a database that every user may use; without user and password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + SUPERUSER;
  }

  /** The address of an empty schema, with the superuser's name in it. */
  public String newSchemaUrl() {
    return url() + "?user=" + SUPERUSER + "&currentSchema=test_" + schemas.incrementAndGet();
  }

  /** Runs commands as the superuser. */
  public void execute(String... commands) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url() + "?user=" + SUPERUSER);
        Statement statement = connection.createStatement()) {
      for (String sql : commands) {
        statement.execute(sql);
      }
    }
  }

  /** Stops the server, which ends every connection. */
  public synchronized void stop() throws IOException {
    server.close();
  }

  /** Starts it again after {@link #stop}: same data, same address. */
  public synchronized void restart() throws IOException {
    server = builder.start();
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private static EmbeddedPostgres.Builder settings(Path directory) {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory)
        .setDataDirectoryCustomizer(PostgresServer::restrictLogins)
        .setPGStartupWait(Duration.ofSeconds(60))
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("fsync", "on")
        .setServerConfig("max_connections", "50")
        .setServerConfig("shared_buffers", "32MB");
  }

  private static void restrictLogins(File directory) {
    try {
      Files.writeString(directory.toPath().resolve("pg_hba.conf"), LOGINS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Shared {

    private static final PostgresServer SERVER = startInTemporaryDirectory();

    private static PostgresServer startInTemporaryDirectory() {
      try {
        // Its directory is deleted with it.
        return new PostgresServer(settings(Files.createTempDirectory("tombola-postgres-")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
