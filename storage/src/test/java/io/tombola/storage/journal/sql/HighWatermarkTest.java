package io.tombola.storage.journal.sql;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.Samples;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.JournalWriter;
import io.tombola.storage.journal.akka.JournalClient;
import io.tombola.storage.journal.akka.StoreConfig;
import io.tombola.storage.view.Verification;
import io.tombola.storage.view.Verification.Finding;
import io.tombola.storage.view.Verification.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HighWatermarkTest {

  private static final String ID = "campaign|one";

  @TempDir Path root;
  private StoreLayout store;

  @BeforeEach
  void createLayout() {
    store = new StoreLayout(root);
    store.create();
  }

  @Test
  void countsAcknowledgedEventsOfAllIds() {
    assertEquals(new HighWatermark.None(), HighWatermark.read(store.highWater()));
    try (JournalClient client = client()) {
      client.write("w", ID, 1, completions(1, 3));
      assertEquals(new HighWatermark.Events(3), HighWatermark.read(store.highWater()));
      client.write("w", "campaign|other", 1, completions(1, 1));
      client.write("w", ID, 9, completions(9, 1));
      assertEquals(new HighWatermark.Events(4), HighWatermark.read(store.highWater()));
    }
    try (JournalClient client = client()) {
      client.write("w", ID, 4, completions(4, 1));
    }
    assertEquals(new HighWatermark.Events(5), HighWatermark.read(store.highWater()));
    List<TombolaEvent> first = List.of(Samples.started("forked", Samples.NOON));
    JournalWriter.begin(store, Map.of("campaign|forked", first));
    assertEquals(new HighWatermark.Events(6), HighWatermark.read(store.highWater()));
    JournalWriter.append(store, ID, completions(5, 1).get(0));
    assertEquals(new HighWatermark.Events(7), HighWatermark.read(store.highWater()));
    try (JournalReader reader = JournalReader.open(store)) {
      assertEquals(completions(5, 1).get(0), reader.read(ID, 5, 1).get(0).event());
    }
    try (JournalClient client = client()) {
      assertEquals(List.of("stored 6"), client.write("w", ID, 6, completions(6, 1)).outcomes());
    }
    assertFalse(Verification.of(store).damaged());
  }

  @Test
  void reportsALostEndUntilTheJournalIsContinued() throws IOException {
    byte[] older;
    try (JournalClient client = client()) {
      client.write("w", ID, 1, List.of(Samples.started("one", Samples.NOON)));
    }
    older = Files.readAllBytes(store.journal());
    try (JournalClient client = client()) {
      client.write("w", ID, 2, completions(2, 2));
    }
    Files.write(store.journal(), older);

    assertTrue(findings().contains(Kind.LOST_EVENTS));
    assertTrue(Verification.of(store).damaged());
    try (JournalReader reader = JournalReader.open(store)) {
      assertEquals(2, reader.lostEvents());
      assertEquals(1, reader.highestSequence(ID));
    }
    try (JournalClient client = client()) {
      assertEquals(List.of("stored 2"), client.write("w", ID, 2, completions(2, 1)).outcomes());
    }
    assertEquals(new HighWatermark.Events(2), HighWatermark.read(store.highWater()));
    assertEquals(List.of(), findings());
  }

  @Test
  void anUnreadableFileIsReportedAndRewritten() throws IOException {
    try (JournalClient client = client()) {
      client.write("w", ID, 1, List.of(Samples.started("one", Samples.NOON)));
    }
    Files.writeString(store.highWater(), "garbage ".repeat(50));
    assertEquals(List.of(Kind.UNREADABLE_HIGH_WATER), findings());
    assertFalse(Verification.of(store).damaged());
    try (JournalClient client = client()) {
      client.replay(ID);
    }
    assertEquals(new HighWatermark.Events(1), HighWatermark.read(store.highWater()));
  }

  @Test
  void refusesAJournalWhoseDatabaseIsMissing() throws IOException {
    try (JournalClient client = client()) {
      client.write("w", ID, 1, completions(1, 3));
    }
    Files.delete(store.journal());
    assertRefused();
    Files.write(store.journal(), new byte[0]);
    assertRefused();
  }

  @Test
  void allowsANewJournalOnceItIsDeleted() throws IOException {
    try (JournalClient client = client()) {
      client.write("w", ID, 1, completions(1, 3));
    }
    Files.delete(store.journal());
    Files.delete(store.highWater());
    assertThrows(NoStoreException.class, () -> JournalReader.open(store));
    try (JournalClient client = client()) {
      assertEquals(List.of("stored 1"), client.write("w", ID, 1, completions(1, 1)).outcomes());
    }
  }

  @Test
  void aFailureToWriteItFailsNoEvent() throws IOException {
    Files.createDirectory(store.highWater());
    try (HighWatermark mark = new HighWatermark(store.highWater())) {
      mark.set(1);
      mark.advance(1);
    }
    Files.delete(store.highWater());
    try (HighWatermark mark = new HighWatermark(store.highWater())) {
      mark.set(2);
    }
    assertEquals(new HighWatermark.Events(2), HighWatermark.read(store.highWater()));
  }

  @Test
  void truncatesLongerContentWhenItIsRewritten() throws IOException {
    try (HighWatermark mark = new HighWatermark(store.highWater())) {
      mark.set(7);
      Files.writeString(store.highWater(), "left over", StandardOpenOption.APPEND);
      assertEquals(new HighWatermark.Unreadable(), HighWatermark.read(store.highWater()));
      mark.set(8);
    }
    assertEquals(new HighWatermark.Events(8), HighWatermark.read(store.highWater()));
  }

  private void assertRefused() {
    DamagedJournalException refused =
        assertThrows(DamagedJournalException.class, () -> JournalReader.open(store));
    assertTrue(refused.getMessage().contains("expected 3 events, found none"));
    assertTrue(refused.getMessage().contains("or delete " + store.highWater()));
    try (JournalClient client = client()) {
      assertEquals(
          DamagedJournalException.class, client.replay(ID).cause().orElseThrow().getClass());
    }
    assertEquals(List.of(Kind.DAMAGED_JOURNAL), findings());
  }

  private List<Kind> findings() {
    return Verification.of(store).findings().stream().map(Finding::kind).toList();
  }

  private JournalClient client() {
    return new JournalClient(StoreConfig.of(store));
  }
}
