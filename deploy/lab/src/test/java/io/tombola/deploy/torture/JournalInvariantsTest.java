package io.tombola.deploy.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.deploy.broker.JournalFixture;
import io.tombola.deploy.torture.Violation.Kind;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  @Test
  void aCheckpointBeforeTheLastOneIsRepetitionAndOneAtTheSameIterationIsNot() {
    List<TombolaEvent> events = new ArrayList<>();
    new JournalFixture("watched", 1, 0)
        .addRounds(0).events().get(new ReplicateId("watched", 1)).stream()
            .takeWhile(event -> !(event instanceof CheckpointSaved))
            .forEach(events::add);
    events.add(checkpoint(100, "0"));
    // Stopped in its evaluation.
    events.add(checkpoint(100, "1"));
    assertEquals(List.of(), findings(events));

    events.add(checkpoint(200, "2"));
    events.add(checkpoint(100, "3"));
    assertEquals(List.of(Kind.REPEATED), findings(events));
  }

  private static CheckpointSaved checkpoint(int iteration, String digit) {
    CheckpointRef checkpoint = new CheckpointRef(iteration, new ArtifactRef(digit.repeat(64)));
    return new CheckpointSaved(0, Arm.TICKET, checkpoint, Optional.empty(), Instant.EPOCH);
  }

  private List<Kind> findings(List<TombolaEvent> events) {
    StoreLayout written = new StoreLayout(folder.resolve(events.size() + " events"));
    written.create();
    JournalWriter.begin(
        written, Map.of(JournalId.replicate(new ReplicateId("watched", 1)), events));
    JournalInvariants invariants = new JournalInvariants(written);
    invariants.check(Set.of());
    return invariants.findings().stream().map(Violation::kind).toList();
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
