package io.tombola.storage.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.storage.NoStoreException;
import io.tombola.storage.Samples;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.akka.JournalClient;
import io.tombola.storage.view.Verification.Finding;
import io.tombola.storage.view.Verification.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {

  private static final String REPLICATE = JournalId.replicate(new ReplicateId("one", 1));

  @TempDir Path root;
  private StoreLayout store;
  private ArtifactStore artifacts;

  @BeforeEach
  void write() {
    store = new StoreLayout(root.resolve("store"));
    store.create();
    artifacts = new ArtifactStore(store);
    Samples.artifacts().forEach(artifacts::put);
    try (JournalClient client = new JournalClient(store.journalUrl())) {
      client.write(
          "w", JournalId.campaign("one"), 1, List.of(Samples.started("one", Samples.NOON)));
      client.write("w", REPLICATE, 1, Samples.replicate("one", 1));
    }
  }

  @Test
  void reportsNothingForASoundStore() {
    assertEquals(new Verification(List.of(), 1, 10, 4), Verification.of(store));
  }

  @Test
  void reportsMissingAndDamagedFiles() throws IOException {
    artifacts.delete(Samples.ref("curve"));
    Files.writeString(store.artifact(Samples.ref("mask")), "other");
    Verification found = Verification.of(store);
    assertTrue(found.damaged());
    assertEquals(
        List.of(
            new Finding(Kind.MISSING_ARTIFACT, problem(artifacts, "curve")),
            new Finding(Kind.DAMAGED_ARTIFACT, problem(artifacts, "mask"))),
        found.findings().stream().sorted((a, b) -> a.kind().compareTo(b.kind())).toList());
  }

  @Test
  void reportsOrphansNotAsDamage() {
    artifacts.put(new byte[] {1});
    Verification found = Verification.of(store);
    assertFalse(found.damaged());
    assertEquals(
        List.of(Kind.ORPHAN_ARTIFACT), found.findings().stream().map(Finding::kind).toList());
  }

  @Test
  void reportsAGapInTheLog() throws SQLException {
    try (Connection connection = DriverManager.getConnection(store.journalUrl());
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM event WHERE sequence_nr = 3");
    }
    assertDamagedJournal("event 3 of " + REPLICATE);
  }

  @Test
  void reportsAJournalFileThatIsNotADatabase() throws IOException {
    Files.writeString(store.journal(), "no database".repeat(100));
    assertDamagedJournal(store.journal().getFileName().toString());
  }

  @Test
  void refusesADirectoryWithoutAStore() {
    assertThrows(
        NoStoreException.class, () -> Verification.of(new StoreLayout(root.resolve("none"))));
  }

  private void assertDamagedJournal(String where) {
    Verification found = Verification.of(store);
    assertTrue(found.damaged());
    assertEquals(Kind.DAMAGED_JOURNAL, found.findings().get(0).kind());
    assertTrue(found.findings().get(0).message().contains(where), found.toString());
  }

  private static String problem(ArtifactStore artifacts, String name) {
    return artifacts.damage(Samples.ref(name)).orElseThrow().getMessage();
  }
}
