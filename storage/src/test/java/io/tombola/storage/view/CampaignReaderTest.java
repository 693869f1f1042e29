package io.tombola.storage.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.Samples;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.akka.JournalClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignReaderTest {

  private static final String ANT = JournalId.campaign("ant");
  private static final String ANT_2 = JournalId.replicate(new ReplicateId("ant", 2));
  private static final String ANT_10 = JournalId.replicate(new ReplicateId("ant", 10));

  @TempDir Path root;
  private StoreLayout store;

  @BeforeEach
  void start() {
    store = new StoreLayout(root);
    store.create();
    write(store, ANT, 1, List.of(Samples.started("ant", Samples.NOON)));
  }

  @Test
  void readsEachEventOnceAndEndsLikeAFullRead() {
    List<ReplicateEvent> events = Samples.replicate("ant", 2);
    try (JournalReader journal = JournalReader.open(store)) {
      CampaignReader follower = new CampaignReader(journal);
      assertEquals(1, follower.follow().size());
      assertEquals(List.of(), follower.follow());
      for (int i = 0; i < events.size(); i++) {
        write(store, ANT_2, i + 1, events.subList(i, i + 1));
        assertEquals(
            List.of(events.get(i)), follower.follow().stream().map(news -> news.event()).toList());
        assertEquals(CampaignView.all(journal), follower.campaigns());
      }
      write(store, ANT_10, 1, Samples.replicate("ant", 10));
      write(
          store,
          JournalId.campaign("bee"),
          1,
          List.of(Samples.started("bee", Samples.NOON.plusSeconds(1))));
      follower.follow();
      assertEquals(CampaignView.all(journal), follower.campaigns());
      assertEquals(
          List.of("ant", "bee"), follower.campaigns().stream().map(CampaignView::name).toList());
    }
  }

  @Test
  void readsARestoredJournalFromItsStart() throws SQLException {
    write(store, ANT_2, 1, Samples.replicate("ant", 2));
    try (JournalReader journal = JournalReader.open(store)) {
      CampaignReader follower = new CampaignReader(journal);
      int all = follower.follow().size();
      try (Connection database = DriverManager.getConnection(store.journalUrl());
          Statement statement = database.createStatement()) {
        statement.executeUpdate("DELETE FROM event WHERE persistence_id = '" + ANT_2 + "'");
        statement.executeUpdate(
            "DELETE FROM event_sequence WHERE persistence_id = '" + ANT_2 + "'");
      }
      assertEquals(1, follower.follow().size());
      assertEquals(List.of(), follower.campaigns().get(0).replicates());
      write(store, ANT_2, 1, Samples.replicate("ant", 2));
      assertEquals(all - 1, follower.follow().size());
      assertEquals(CampaignView.all(journal), follower.campaigns());
    }
  }

  private static void write(
      StoreLayout store, String id, long first, List<? extends TombolaEvent> events) {
    try (JournalClient client = new JournalClient(store.journalUrl())) {
      client.write("w", id, first, events);
    }
  }
}
