package io.tombola.storage.journal.sql;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.BadJournalAddressException;
import io.tombola.storage.ChildJvm;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.JournalUnavailableException;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.Samples;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalBinding;
import io.tombola.storage.journal.JournalCursor;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.JournalWriter;
import io.tombola.storage.journal.StoredEvent;
import io.tombola.storage.journal.akka.EndlessWriter;
import io.tombola.storage.journal.akka.EndlessWriter.Acknowledged;
import io.tombola.storage.journal.akka.JournalClient;
import io.tombola.storage.journal.akka.StoreConfig;
import io.tombola.storage.lock.StoreInUseException;
import io.tombola.storage.postgres.PostgresServer;
import io.tombola.storage.view.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store whose journal is in PostgreSQL; the directory of the store has its address. */
@Timeout(60)
class PostgresStoreIT {

  private static final String ID = JournalId.campaign("one");
  private static final String SECRET = "cr0codile'tears";
  private static final String USER = "keeper";

  private final PostgresServer server = PostgresServer.shared();
  private final JournalAddress address = JournalAddress.of(server.newSchemaUrl());

  @TempDir Path root;
  private StoreLayout store;

  @BeforeEach
  void create() throws IOException {
    store = new StoreLayout(root.resolve("store"));
    store.create();
    Files.writeString(store.id(), JournalClient.STORE_ID);
  }

  @Test
  void isFollowedByACursor() {
    bind(address);
    JournalWriter.begin(store, Map.of(ID, events(3)));
    try (JournalReader reader = JournalReader.open(store)) {
      JournalCursor cursor = new JournalCursor(reader);
      assertEquals(3, cursor.poll().events().size());
      JournalWriter.append(store, ID, completions(4, 1).get(0));
      JournalCursor.Poll poll = cursor.poll();
      assertFalse(poll.restarted());
      assertEquals(List.of(4L), poll.events().stream().map(StoredEvent::sequence).toList());
    }
  }

  @Test
  void isFoundFromTheDirectoryAlone() {
    bind(address);
    JournalWriter.begin(store, Map.of(ID, events(3)));
    JournalWriter.append(store, ID, completions(4, 1).get(0));
    assertFalse(Files.exists(store.journal()), "no SQLite journal is created");
    try (JournalReader reader = JournalReader.open(store)) {
      assertEquals(List.of(ID), reader.ids());
      assertEquals(completions(4, 1).get(0), reader.read(ID, 4, 1).get(0).event());
      assertEquals(4, reader.highestSequence(ID));
      assertEquals(completions(2, 1).get(0), reader.read(ID, 2, 1).get(0).event());
      assertEquals(List.of(), reader.integrityProblems());
    }
    assertFalse(Verification.of(store).findings().stream().anyMatch(f -> f.kind().isDamage()));
  }

  @Test
  void isReadWhileAnotherProcessWritesAndAfterItWasKilled() throws Exception {
    bind(address);
    Acknowledged last;
    try (ChildJvm writer = ChildJvm.start(EndlessWriter.class, address.url());
        JournalReader reader = JournalReader.open(store)) {
      last = Acknowledged.parse(writer.line());
      for (int i = 0; i < 100; i++) {
        last = Acknowledged.parse(writer.line());
        assertEquals(1, reader.read(last.id(), last.sequence(), 1).size());
      }
      writer.kill();
    }
    try (JournalReader reader = JournalReader.open(store)) {
      assertTrue(reader.highestSequence(last.id()) >= last.sequence());
    }
  }

  @Test
  void aWriterOfAnotherProcessIsNamedBeforeAnythingIsWritten() throws Exception {
    bind(address);
    try (ChildJvm writer = ChildJvm.start(EndlessWriter.class, address.url())) {
      writer.line();
      StoreInUseException refused = assertThrows(StoreInUseException.class, () -> bind(address));
      assertTrue(
          refused.getMessage().contains("process " + writer.pid() + " on "), refused::getMessage);
      assertThrows(
          StoreInUseException.class, () -> JournalWriter.begin(store, Map.of(ID, events(1))));
    }
  }

  @Test
  void findsNoJournalInASchemaWithoutOne() throws SQLException {
    bind(address);
    server.execute("DROP SCHEMA " + address.schema() + " CASCADE");
    assertThrows(NoStoreException.class, () -> JournalReader.open(store));
  }

  @Test
  void anotherAddressIsRefusedOnceThereIsOne() {
    bind(address);
    JournalAddress other = JournalAddress.of(server.newSchemaUrl());
    assertRefused(() -> bind(other), address.place(), other.place(), store.root().toString());
    JournalBinding.bind(store, Optional.empty());
    assertEquals(address, JournalAddress.of(store));
  }

  @Test
  void anAddressIsRefusedOnceTheJournalIsInTheStore() {
    JournalWriter.begin(store, Map.of(ID, events(1)));
    assertRefused(() -> bind(address), "inside", address.place());
    assertFalse(Files.exists(store.journalAddress()));
  }

  @Test
  void anUnreachableAddressIsNotStored() {
    JournalAddress unreachable = JournalAddress.of("jdbc:postgresql://127.0.0.1:1/tombola");
    JournalUnavailableException away =
        assertThrows(JournalUnavailableException.class, () -> bind(unreachable));
    assertTrue(away.getMessage().contains(unreachable.place()), away::getMessage);
    assertEquals(1, away.getMessage().lines().count());
    bind(address);
    assertEquals(address, JournalAddress.of(store));
  }

  @Test
  void changedParametersOfTheSameDatabaseAreStored() {
    bind(address);
    JournalAddress changed = JournalAddress.of(address.url() + "&connectTimeout=5");
    bind(changed);
    assertEquals(changed, JournalAddress.of(store));
  }

  @Test
  void anInvalidAddressFileIsDamage() throws IOException {
    bind(address);
    Files.writeString(store.journalAddress(), "{");
    assertThrows(DamagedJournalException.class, () -> JournalReader.open(store));
    Files.writeString(store.journalAddress(), "{\"url\":\"jdbc:sqlite:elsewhere\"}");
    assertThrows(DamagedJournalException.class, () -> JournalReader.open(store));
  }

  @Test
  void thePasswordIsReadFromItsFileAndStoredNowhereElse() throws Exception {
    server.execute(
        "DROP ROLE IF EXISTS " + USER,
        "CREATE ROLE " + USER + " LOGIN PASSWORD '" + SECRET.replace("'", "''") + "'",
        "CREATE SCHEMA AUTHORIZATION " + USER);
    Path file = root.resolve("password");
    JournalAddress guarded =
        new JournalAddress(
            server.url() + "?currentSchema=" + USER, Optional.of(USER), Optional.of(file));

    assertRefused(() -> bind(guarded), file.toString(), "found none");
    Files.writeString(file, "\n");
    assertRefused(() -> bind(guarded), file.toString(), "empty");
    Files.writeString(file, "wrong-" + SECRET);
    JournalUnavailableException wrong =
        assertThrows(JournalUnavailableException.class, () -> bind(guarded));
    assertTrue(wrong.getMessage().contains("journal.password-file"), wrong::getMessage);
    assertFalse(everything(wrong).contains(SECRET));

    Files.writeString(file, SECRET + "\n");
    bind(guarded);
    JournalWriter.begin(store, Map.of(ID, events(1)));
    try (JournalReader reader = JournalReader.open(store)) {
      assertEquals(1, reader.highestSequence(ID));
    }
    assertFalse(StoreConfig.of(store).root().render().contains(SECRET));
    assertFalse(JournalAddress.of(store).toString().contains(SECRET));
    assertFalse(Files.readString(store.journalAddress()).contains(SECRET));
    server.execute("DROP OWNED BY " + USER + " CASCADE", "DROP ROLE " + USER);
  }

  private void bind(JournalAddress asked) {
    JournalBinding.bind(store, Optional.of(asked));
  }

  private static List<TombolaEvent> events(int count) {
    return List.copyOf(Samples.completions(1, count));
  }

  private static String everything(Throwable thrown) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      text.append(cause);
    }
    return text.toString();
  }

  private static void assertRefused(Runnable action, String... parts) {
    BadJournalAddressException refused =
        assertThrows(BadJournalAddressException.class, action::run);
    for (String part : parts) {
      assertTrue(refused.getMessage().contains(part), refused::getMessage);
    }
    assertEquals(1, refused.getMessage().lines().count());
  }
}
