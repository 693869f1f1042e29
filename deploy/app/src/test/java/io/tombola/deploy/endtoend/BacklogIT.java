package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.broker.JournalFixture;
import io.tombola.deploy.broker.Rounds;
import io.tombola.deploy.broker.StoreBroker;
import io.tombola.storage.StoreLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that is away for long, for a campaign whose results queue up in the journal. The number
 * of results is {@code -Dtombola.backlog}: 1000 fill several transactions, 100000 take minutes.
 */
final class BacklogIT {

  private static final int RESULTS = Integer.getInteger("tombola.backlog", 1_000);
  private static final int ROUNDS = 19;
  private static final int REINITS = 9;
  private static final int RESULTS_A_REPLICATE = (ROUNDS + 1) * (REINITS + 1) - REINITS;
  private static final int LIVE = 3;
  private static final int MAX_RUNS = 20;
  private static final String WAITING = "are not published yet";

  @TempDir Path folder;

  @Test
  void waitsInTheJournalAndDrainsInOrder() throws Exception {
    StoreLayout store = new StoreLayout(folder);
    JournalFixture queue =
        new JournalFixture("queue", 1 + RESULTS / RESULTS_A_REPLICATE, REINITS).addRounds(ROUNDS);
    StoredQueue.write(store, queue);

    TombolaProcess.Ended away =
        run("--set", "kafka.mode=external", "--set", "kafka.bootstrap-servers=127.0.0.1:1");
    assertEquals(0, away.exitCode(), away.err());
    Map<String, List<String>> expected = new TreeMap<>(queue.expected());
    int queued = expected.values().stream().mapToInt(List::size).sum();
    assertTrue(queued >= RESULTS);
    assertTrue(away.err().contains((queued + LIVE) + " results " + WAITING), away.err());

    TombolaProcess.Ended last = run();
    for (int runs = 1; last.err().contains(WAITING) && runs < MAX_RUNS; runs++) {
      last = run();
    }
    assertEquals(0, last.exitCode(), last.err());

    try (StoreBroker broker = StoreBroker.open(store)) {
      assertEquals(expected, Rounds.idsByKey(broker.address(), "queue"));
      assertEquals(LIVE, Rounds.idsByKey(broker.address(), "live").get("live/1").size());
    }
  }

  private TombolaProcess.Ended run(String... more) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("run", "--store", folder.toString(), "--set", "name=live"));
    command.addAll(List.of("--set", "replicates=1", "--set", "training.iterations=200"));
    command.addAll(List.of("--set", "pruning.rounds=1", "--set", "controls.reinit=1"));
    command.addAll(List.of("--set", "dataset.validation=200", "--set", "dataset.test-limit=300"));
    command.addAll(List.of(more));
    return TombolaCommand.run(command.toArray(String[]::new));
  }
}
