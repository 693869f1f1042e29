package io.tombola.storage.journal.sql;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.storage.BadJournalAddressException;
import io.tombola.storage.ChildJvm;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.JournalUnavailableException;
import io.tombola.storage.journal.akka.EndlessWriter;
import io.tombola.storage.journal.akka.JournalClient;
import io.tombola.storage.lock.StoreInUseException;
import io.tombola.storage.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostgresJournalIT extends JournalContract {

  private static final String ID = "campaign|one";

  private final PostgresServer server = PostgresServer.shared();
  private final String url = server.newSchemaUrl();

  @Override
  protected String url() {
    return url;
  }

  @Test
  void aSecondWriterIsRefusedNamingTheFirst() throws Exception {
    try (ChildJvm first = ChildJvm.start(EndlessWriter.class, url)) {
      first.line();
      try (JournalClient second = new JournalClient(url)) {
        Throwable cause = second.write("w", ID, 1, completions(1, 1)).cause().orElseThrow();
        assertInstanceOf(StoreInUseException.class, cause);
        assertTrue(cause.getMessage().contains("process " + first.pid() + " on "), cause::toString);
        assertEquals(1, cause.getMessage().lines().count());
      }
      first.kill();
      try (JournalClient next = new JournalClient(url)) {
        assertEquals(List.of("stored 1"), next.write("w", ID, 1, completions(1, 1)).outcomes());
      }
    }
  }

  @Test
  void aWriteFailsWhenItsConnectionIsLostAndTheNextConnectsAgain() throws SQLException {
    try (JournalClient client = new JournalClient(url)) {
      client.write("w", ID, 1, completions(1, 1));
      server.execute(
          """
          SELECT pg_terminate_backend(l.pid) FROM pg_locks l
          WHERE l.locktype = 'advisory' AND l.granted""");
      assertInstanceOf(
          JournalUnavailableException.class,
          client.write("w", ID, 2, completions(2, 1)).cause().orElseThrow());
      assertEquals(List.of("stored 2"), client.write("w", ID, 2, completions(2, 1)).outcomes());
      assertEquals(completions(1, 2), client.replay(ID).payloads());
    }
  }

  @Test
  void eachSchemaOfADatabaseHoldsASeparateJournal() {
    String other = server.newSchemaUrl();
    try (JournalClient one = new JournalClient(url);
        JournalClient two = new JournalClient(other)) {
      one.write("w", ID, 1, completions(1, 2));
      assertEquals(List.of("stored 1"), two.write("w", ID, 1, completions(9, 1)).outcomes());
      assertEquals(completions(1, 2), one.replay(ID).payloads());
      assertEquals(completions(9, 1), two.replay(ID).payloads());
    }
  }

  @Test
  void aSchemaOfAnotherStoreIsRefused() {
    try (JournalClient client = new JournalClient(url)) {
      client.write("w", ID, 1, completions(1, 1));
    }
    Dialect stranger = new Postgres(JournalAddress.of(url), Optional.of("another"));
    for (Opening opening : List.<Opening>of(stranger::openWriter, stranger::openReader)) {
      BadJournalAddressException refused =
          assertThrows(BadJournalAddressException.class, () -> opening.open().close());
      assertTrue(refused.getMessage().contains("another"), refused::getMessage);
      assertTrue(refused.getMessage().contains(JournalClient.STORE_ID), refused::getMessage);
      assertTrue(refused.getMessage().contains("?currentSchema=NAME"), refused::getMessage);
      assertEquals(1, refused.getMessage().lines().count());
    }
  }

  @Test
  void aSchemaWithTablesOfAnotherProgramIsRefused() throws SQLException {
    server.execute("CREATE SCHEMA flyway", "CREATE TABLE flyway.schema_version (version TEXT)");
    String theirs = server.url() + "?user=postgres&currentSchema=flyway";
    Dialect dialect = new Postgres(JournalAddress.of(theirs), Optional.of("ours"));
    assertThrows(BadJournalAddressException.class, () -> dialect.openWriter().close());
  }

  @Test
  void commitsAreSynchronousWhateverTheServersDefaultIs() throws SQLException {
    Dialect dialect = new Postgres(JournalAddress.of(url), Optional.of("ours"));
    server.execute("ALTER ROLE postgres SET synchronous_commit = off");
    try (Connection writer = dialect.openWriter()) {
      assertEquals("on", show(writer, "synchronous_commit"));
    } finally {
      server.execute("ALTER ROLE postgres RESET synchronous_commit");
    }
  }

  @Test
  void readersSeeOneSnapshotAndWriteNothing() throws SQLException {
    Dialect dialect = new Postgres(JournalAddress.of(url), Optional.of("ours"));
    dialect.openWriter().close();
    try (Connection reader = dialect.openReader()) {
      assertEquals("repeatable read", show(reader, "transaction_isolation"));
      assertEquals("on", show(reader, "transaction_read_only"));
      assertEquals(List.of(), dialect.integrityProblems(reader));
    }
  }

  private interface Opening {
    Connection open() throws SQLException;
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW " + setting)) {
      assertTrue(row.next());
      return row.getString(1);
    }
  }
}
