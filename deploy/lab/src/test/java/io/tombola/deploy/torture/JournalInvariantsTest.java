package io.tombola.deploy.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.deploy.broker.JournalFixture;
import io.tombola.deploy.torture.Violation.Kind;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalInvariantsTest {

  @TempDir Path folder;
  private StoreLayout store;

  @BeforeEach
  void create() {
    store = new StoreLayout(folder);
    store.create();
  }

  @Test
  void aProcessKilledBeforeItsJournalWasMadeIsNoLoss() throws Exception {
    Files.createFile(store.journal());
    JournalInvariants invariants = new JournalInvariants(store);

    invariants.check(Set.of());

    assertEquals(List.of(), invariants.findings());
  }

  @Test
  void whatWasAnnouncedAndIsNotStoredIsLost() {
    write();
    JournalInvariants invariants = new JournalInvariants(store);

    invariants.check(Set.of("watched/1/0/ticket", "watched/1/9/ticket"));

    assertEquals(List.of(Kind.LOST), invariants.findings().stream().map(Violation::kind).toList());
    assertEquals(2, invariants.ended(), "both replicates' dense tickets");
  }

  @Test
  void whatWasStoredAndIsGoneIsLost() throws Exception {
    write();
    JournalInvariants invariants = new JournalInvariants(store);
    invariants.check(Set.of());
    assertEquals(List.of(), invariants.findings());

    Files.delete(store.journal());
    Files.deleteIfExists(store.journal().resolveSibling("tombola.db-wal"));
    invariants.check(Set.of());

    assertEquals(
        List.of(Kind.LOST, Kind.LOST, Kind.LOST),
        invariants.findings().stream().map(Violation::kind).toList(),
        "the damaged journal, and each replicate's first event");
  }

  private void write() {
    Map<String, List<TombolaEvent>> events = new HashMap<>();
    new JournalFixture("watched", 2, 1)
        .addRounds(0)
        .events()
        .forEach((replicate, all) -> events.put(JournalId.replicate(replicate), List.copyOf(all)));
    JournalWriter.begin(store, events);
  }
}
