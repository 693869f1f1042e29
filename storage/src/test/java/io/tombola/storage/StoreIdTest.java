package io.tombola.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.storage.journal.akka.JournalClient;
import io.tombola.storage.view.Verification;
import io.tombola.storage.view.Verification.Finding;
import io.tombola.storage.view.Verification.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreIdTest {

  private static final String OLD = "0b1c2d3e-0000-4abc-8def-0123456789ab";

  @TempDir Path root;
  private StoreLayout store;

  @BeforeEach
  void createLayout() {
    store = new StoreLayout(root);
    store.create();
  }

  @Test
  void isCreatedOnce() {
    assertEquals(Optional.empty(), StoreId.find(store));
    String id = StoreId.of(store);
    assertEquals(id, StoreId.of(store));
    assertEquals(Optional.of(id), StoreId.find(store));
  }

  @Test
  void anIdOfAnEarlierVersionGetsItsHash() throws IOException {
    Files.writeString(store.id(), OLD);
    assertEquals(OLD, StoreId.of(store));
    assertEquals(2, Files.readAllLines(store.id()).size());
    assertEquals(OLD, StoreId.of(store));
  }

  @Test
  void aChangedIdIsReportedAndNotReplaced() throws IOException {
    try (JournalClient client = new JournalClient(store.journalUrl())) {
      client.write("w", "campaign|one", 1, List.of(Samples.started("one", Samples.NOON)));
    }
    String id = StoreId.of(store);
    String other = id.startsWith("0") ? "1" + id.substring(1) : "0" + id.substring(1);
    String damaged = Files.readString(store.id()).replace(id, other);
    Files.writeString(store.id(), damaged);

    DamagedStoreException named =
        assertThrows(DamagedStoreException.class, () -> StoreId.of(store));
    assertTrue(named.getMessage().contains(store.id().toString()));
    assertEquals(1, named.getMessage().lines().count());
    assertEquals(
        List.of(new Finding(Kind.DAMAGED_STORE_ID, named.getMessage())),
        Verification.of(store).findings());
    assertEquals(damaged, Files.readString(store.id()));
  }
}
