package io.tombola.storage.journal.sql;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tombola.storage.NoSpaceException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.akka.JournalClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FullDiskTest {

  private static final String ID = "campaign|one";

  @TempDir Path root;

  @Test
  void failsTheWriteAndKeepsEarlierEvents() {
    StoreLayout store = new StoreLayout(root);
    store.create();
    // SQLite answers SQLITE_FULL at this limit, exactly as on a full disk.
    try (JournalClient client = new JournalClient(store.journalUrl() + "?max_page_count=24")) {
      assertEquals(List.of("stored 1"), client.write("w", ID, 1, completions(1, 1)).outcomes());
      assertInstanceOf(
          NoSpaceException.class,
          client.write("w", ID, 2, completions(2, 5000)).cause().orElseThrow());
      assertEquals(completions(1, 1), client.replay(ID).payloads());
      assertEquals(List.of("stored 2"), client.write("w", ID, 2, completions(2, 1)).outcomes());
    }
  }
}
