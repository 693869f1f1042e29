package io.tombola.storage.journal.sql;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.akka.JournalClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GroupCommitTest {

  @TempDir Path root;

  @Test
  void aWriteThatHasNoMemoryFailsAndTheNextSucceeds() throws Exception {
    StoreLayout store = new StoreLayout(root);
    store.create();
    try (GroupCommit writer = new GroupCommit(new Sqlite(store.journalUrl()), 10)) {
      CompletableFuture<Void> failed =
          writer.submit(
              connection -> {
                throw new OutOfMemoryError("injected");
              });
      ExecutionException end =
          assertThrows(ExecutionException.class, () -> failed.get(30, TimeUnit.SECONDS));
      assertInstanceOf(OutOfMemoryError.class, end.getCause());
      writer.submit(Schema::create).get(30, TimeUnit.SECONDS);
    }
    try (JournalClient client = new JournalClient(store.journalUrl())) {
      assertEquals(
          List.of("stored 1"), client.write("w", "campaign|one", 1, completions(1, 1)).outcomes());
    }
  }
}
