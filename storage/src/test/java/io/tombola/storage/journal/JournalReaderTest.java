package io.tombola.storage.journal;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.storage.ChildJvm;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.akka.EndlessWriter;
import io.tombola.storage.journal.akka.EndlessWriter.Acknowledged;
import io.tombola.storage.journal.akka.JournalClient;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalReaderTest {

  private static final String ID = "campaign|one";

  @TempDir Path root;
  private StoreLayout store;

  @BeforeEach
  void create() {
    store = new StoreLayout(root.resolve("a store? 100%"));
    store.create();
  }

  @Test
  void readsPagesOfEvents() {
    write(7);
    try (JournalReader reader = JournalReader.open(store)) {
      assertEquals(List.of(ID), reader.ids());
      assertEquals(7, reader.highestSequence(ID));
      List<StoredEvent> page = reader.read(ID, 3, 2);
      assertEquals(new StoredEvent(ID, 3, completions(3, 1).get(0)), page.get(0));
      assertEquals(4, page.get(1).sequence());
      assertEquals(List.of(), reader.read(ID, 8, 100));
      assertEquals(List.of(), reader.read("campaign|other", 1, 100));
    }
  }

  @Test
  void foldsLogsLongerThanAPage() {
    write(1200);
    try (JournalReader reader = JournalReader.open(store)) {
      assertEquals(1200, reader.<Long>fold(ID, 0L, (count, event) -> count + 1));
    }
  }

  @Test
  void readsTheAcknowledgedEventsOfARunningProcess() throws Exception {
    try (ChildJvm writer = ChildJvm.start(EndlessWriter.class, store.journalUrl())) {
      Acknowledged first = Acknowledged.parse(writer.line());
      try (JournalReader reader = JournalReader.open(store)) {
        assertTrue(reader.highestSequence(first.id()) >= first.sequence());
        for (int i = 0; i < 100; i++) {
          Acknowledged next = Acknowledged.parse(writer.line());
          List<StoredEvent> found = reader.read(next.id(), next.sequence(), 1);
          assertEquals(next.sequence(), found.get(0).sequence());
        }
      }
    }
  }

  @Test
  void readsTheLogOfAKilledProcess() throws Exception {
    Acknowledged last;
    try (ChildJvm writer = ChildJvm.start(EndlessWriter.class, store.journalUrl())) {
      writer.line();
      last = Acknowledged.parse(writer.line());
      writer.kill();
    }
    try (JournalReader reader = JournalReader.open(store)) {
      assertTrue(reader.highestSequence(last.id()) >= last.sequence());
      assertEquals(List.of(), reader.integrityProblems());
    }
  }

  @Test
  void reportsTheEventThatIsMissing() throws SQLException {
    write(5);
    execute("DELETE FROM event WHERE sequence_nr = 4");
    try (JournalReader reader = JournalReader.open(store)) {
      assertEquals(3, reader.read(ID, 1, 3).size());
      assertDamaged("event 4 of " + ID, () -> reader.read(ID, 1, 100));
      assertDamaged("event 4 of " + ID, () -> reader.read(ID, 4, 1));
    }
  }

  @Test
  void reportsTheEventThatCannotBeRead() throws SQLException {
    write(2);
    execute("UPDATE event SET payload = 'x' WHERE sequence_nr = 2");
    try (JournalReader reader = JournalReader.open(store)) {
      assertDamaged("event 2 of " + ID, () -> reader.read(ID, 1, 100));
    }
  }

  @Test
  void aCursorDetectsAReplacedLog() throws SQLException {
    write(2);
    try (JournalReader reader = JournalReader.open(store)) {
      JournalCursor cursor = new JournalCursor(reader);
      assertEquals(2, cursor.poll().events().size());
      execute("DELETE FROM event");
      execute("DELETE FROM event_sequence");
      try (JournalClient client = new JournalClient(store.journalUrl())) {
        client.writeTogether("w", ID, 1, completions(7, 3));
      }
      JournalCursor.Poll poll = cursor.poll();
      assertTrue(poll.restarted());
      assertEquals(completions(7, 3), poll.events().stream().map(StoredEvent::event).toList());
    }
  }

  @Test
  void hasNoEventsUntilTheFirstIsPersistedIfOpenedLazily() {
    try (LazyJournalReader reader = new LazyJournalReader(store)) {
      assertTrue(reader.highestSequences().isEmpty());
      assertEquals(List.of(), reader.read(ID, 1, 10));
      assertEquals(Optional.empty(), reader.checksum(ID, 1));
      assertFalse(Files.exists(store.journal()), "reading must not create a journal");
      write(2);
      assertEquals(List.of(ID), List.copyOf(reader.highestSequences().keySet()));
      assertEquals(2, reader.read(ID, 1, 10).size());
      assertTrue(reader.checksum(ID, 2).isPresent());
    }
  }

  @Test
  void reportsAMissingStore() throws IOException {
    assertThrows(NoStoreException.class, () -> JournalReader.open(store));
    assertFalse(Files.exists(store.journal()), "reading must not create a journal");
    Files.createFile(store.journal());
    assertThrows(NoStoreException.class, () -> JournalReader.open(store));
  }

  @Test
  void reportsAFileThatIsNotADatabase() throws IOException {
    Files.writeString(store.journal(), "This is a text and not a database.".repeat(100));
    assertDamaged("tombola.db", () -> JournalReader.open(store).close());
    try (JournalClient client = new JournalClient(store.journalUrl())) {
      assertEquals(
          DamagedJournalException.class, client.replay(ID).cause().orElseThrow().getClass());
    }
  }

  @Test
  void reportsADatabaseWithATornPage() throws IOException {
    write(500);
    try (FileChannel file = FileChannel.open(store.journal(), StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    }
    assertDamaged(
        "tombola.db",
        () -> {
          try (JournalReader reader = JournalReader.open(store)) {
            reader.read(ID, 1, 1000);
          }
        });
  }

  private void write(int events) {
    try (JournalClient client = new JournalClient(store.journalUrl())) {
      client.writeTogether("w", ID, 1, completions(1, events));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(store.journalUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertDamaged(String where, Runnable reading) {
    DamagedJournalException found = assertThrows(DamagedJournalException.class, reading::run);
    assertTrue(found.getMessage().contains(where), found.getMessage());
    assertEquals(1, found.getMessage().lines().count());
  }
}
