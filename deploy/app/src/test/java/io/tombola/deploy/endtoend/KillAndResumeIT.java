package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.Arm;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.StoredEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise itself: a real process, killed with SIGKILL, resumed by the same command. */
final class KillAndResumeIT {

  private static final int KILLS = 5;
  private static final int MOST_MILLIS_TO_LIVE = 4000;

  /** At 46 percent it trains on DL4J, at 22 and 10 on surviving weights only. */
  private static final String CAMPAIGN =
      """
      campaign {
        name = killed
        seed = 11
        replicates = 2
        training { iterations = 600, evaluate-every = 150, checkpoint-every = 100 }
        pruning { rounds = 3, target-percent = 10 }
        controls { reinit = 1, random-mask = 1 }
      }
      """;

  @TempDir Path folder;

  @Test
  void fiveKillsAtRandomMomentsChangeNoByte() throws Exception {
    Path file = Files.writeString(folder.resolve("killed.conf"), CAMPAIGN);
    String whole = folder.resolve("whole").toString();
    String killed = folder.resolve("killed").toString();

    assertEquals(0, TombolaProcess.run("run", file.toString(), "--store", whole).exitCode());

    long seed = new Random().nextLong();
    Random moments = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      try (TombolaProcess run = TombolaProcess.start("run", file.toString(), "--store", killed)) {
        run.awaitErr(line -> line.startsWith("killed: "));
        run.killAfter(moments.nextInt(MOST_MILLIS_TO_LIVE));
      }
    }
    TombolaProcess.Ended last = TombolaProcess.run("run", file.toString(), "--store", killed);
    assertEquals(0, last.exitCode(), last.err());

    String story = "kill moments from seed " + seed;
    assertEquals(results(whole), results(killed), story);
    assertEquals(artifacts(whole), artifacts(killed), story);
    assertNoRoundWasRepeatedBeyondItsCheckpoint(killed);
    assertEquals(0, TombolaCommand.run("verify", "--store", killed).exitCode(), story);
    assertEquals(
        results(killed).lines().count() - 1,
        published(killed),
        "each row published once; " + story);
  }

  private static String results(String store) throws Exception {
    return TombolaCommand.run("results", "--format", "csv", "--store", store).out();
  }

  private static long published(String store) throws Exception {
    TombolaProcess.Ended tail = TombolaCommand.run("topics", "tail", "--store", store);
    assertEquals(0, tail.exitCode(), tail.err());
    return tail.out().lines().count();
  }

  private static List<?> artifacts(String store) {
    return new ArtifactStore(new StoreLayout(Path.of(store))).list();
  }

  /** Every checkpoint is further than the one before, and every training ended once. */
  private static void assertNoRoundWasRepeatedBeyondItsCheckpoint(String store) {
    for (int replicate = 1; replicate <= 2; replicate++) {
      Map<String, Integer> reached = new HashMap<>();
      for (TombolaEvent event : events(store, replicate)) {
        if (event instanceof CheckpointSaved saved) {
          int before = reached.getOrDefault(key(saved.round(), saved.arm()), 0);
          assertTrue(saved.checkpoint().iteration() > before, () -> "repeated: " + saved);
          reached.put(key(saved.round(), saved.arm()), saved.checkpoint().iteration());
        } else if (event instanceof TrialTrained trained) {
          int before = reached.getOrDefault(key(trained.round(), trained.arm()), 0);
          assertTrue(before < Integer.MAX_VALUE, () -> "trained twice: " + trained);
          reached.put(key(trained.round(), trained.arm()), Integer.MAX_VALUE);
        }
      }
      assertEquals(1 + 3 * 3, reached.size());
    }
  }

  private static String key(int round, Arm arm) {
    return round + "/" + arm;
  }

  private static List<TombolaEvent> events(String store, int replicate) {
    try (JournalReader reader = JournalReader.open(new StoreLayout(Path.of(store)))) {
      return reader
          .read(JournalId.replicate(new ReplicateId("killed", replicate)), 1, 10_000)
          .stream()
          .map(StoredEvent::event)
          .toList();
    }
  }
}
