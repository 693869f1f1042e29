package io.tombola.storage.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.Samples;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.akka.JournalClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignViewTest {

  private static final Set<ArtifactRef> NEEDED =
      Set.of(
          Samples.ref("weights"),
          Samples.ref("mask"),
          Samples.ref("trained"),
          Samples.ref("curve"));

  @TempDir Path root;
  private StoreLayout store;

  @BeforeEach
  void write() {
    store = new StoreLayout(root);
    store.create();
    try (JournalClient client = new JournalClient(store.journalUrl())) {
      start(client, "zebra", 0);
      start(client, "ant", 60);
      replicate(client, "zebra", 10);
      replicate(client, "zebra", 2);
    }
  }

  @Test
  void buildsACampaignFromItsEvents() {
    try (JournalReader journal = JournalReader.open(store)) {
      CampaignView view = CampaignView.read(journal, "zebra").orElseThrow();
      assertEquals("zebra", view.name());
      assertEquals(Optional.of(Samples.campaign("zebra")), view.campaign().spec());
      assertEquals(
          List.of(2, 10), view.replicates().stream().map(ReplicateState::replicate).toList());
      assertEquals(NEEDED, view.artifacts());
      assertEquals(NEEDED, CampaignView.liveArtifacts(journal));
    }
  }

  @Test
  void ordersRecordsByTrial() {
    try (JournalReader journal = JournalReader.open(store)) {
      List<RoundRecord> records = CampaignView.read(journal, "zebra").orElseThrow().records();
      assertEquals(
          List.of(
              "zebra/2/0/ticket", "zebra/2/1/reinit-1", "zebra/10/0/ticket", "zebra/10/1/reinit-1"),
          records.stream().map(record -> record.trial().toString()).toList());
    }
  }

  @Test
  void listsTheNewestCampaignLast() {
    try (JournalReader journal = JournalReader.open(store)) {
      assertEquals(
          List.of("zebra", "ant"),
          CampaignView.all(journal).stream().map(CampaignView::name).toList());
    }
  }

  @Test
  void findsNoCampaignThatWasNotStarted() {
    try (JournalReader journal = JournalReader.open(store)) {
      assertEquals(Optional.empty(), CampaignView.read(journal, "zeb"));
    }
  }

  @Test
  void refusesAnEventOfTheWrongFamily() {
    try (JournalClient client = new JournalClient(store.journalUrl())) {
      client.write("w", JournalId.campaign("ant"), 2, Samples.replicate("ant", 1).subList(0, 1));
    }
    try (JournalReader journal = JournalReader.open(store)) {
      DamagedJournalException found =
          assertThrows(DamagedJournalException.class, () -> CampaignView.read(journal, "ant"));
      assertTrue(found.getMessage().contains("event 2 of campaign|ant"));
    }
  }

  private static void start(JournalClient client, String name, int secondsAfterNoon) {
    client.write(
        "w",
        JournalId.campaign(name),
        1,
        List.of(Samples.started(name, Samples.NOON.plusSeconds(secondsAfterNoon))));
  }

  private static void replicate(JournalClient client, String name, int replicate) {
    client.write(
        "w",
        JournalId.replicate(new ReplicateId(name, replicate)),
        1,
        Samples.replicate(name, replicate));
  }
}
