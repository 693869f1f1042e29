package io.tombola.storage.journal.akka;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.storage.JournalListener;
import io.tombola.storage.StoreLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalListenerTest {

  /** One call of the listener. */
  private record Call(int events, long nanos) {}

  @TempDir Path root;

  @Test
  void isCalledForEachWriteBeforeItIsAcknowledgedAndForNothingElse() {
    StoreLayout store = new StoreLayout(root);
    store.create();
    Queue<Call> calls = new ConcurrentLinkedQueue<>();
    JournalListener listener = (events, nanos) -> calls.add(new Call(events, nanos));
    try (JournalClient client =
        new JournalClient(JournalClient.config(store.journalUrl()), listener)) {
      long begun = System.nanoTime();
      client.write("w", "campaign|one", 1, completions(1, 2));
      assertEquals(List.of(2), calls.stream().map(Call::events).toList());
      client.writeTogether("w", "campaign|two", 1, completions(1, 3));
      long took = System.nanoTime() - begun;
      client.replay("campaign|one");

      assertEquals(List.of(2, 3), calls.stream().map(Call::events).toList());
      assertTrue(calls.stream().allMatch(write -> write.nanos() > 0), calls::toString);
      assertTrue(calls.stream().mapToLong(Call::nanos).sum() <= took, calls::toString);
    }
  }
}
