package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.broker.StoreBroker;
import io.tombola.storage.StoreLayout;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A user's consumer, the document's in Java, beside a running campaign. */
@DisabledOnOs(OS.WINDOWS)
final class LateConsumerIT {

  private static final int TRIALS_BEFORE_IT_STARTS = 2;
  private static final int ROWS_BEFORE_IT_IS_KILLED = 3;

  @TempDir Path dir;

  @Test
  void startedLateKilledAndRestartedItEndsWithTheRowsOfResults() throws Exception {
    ConsumerRecipes recipes = ConsumerRecipes.in(dir);
    Path store = dir.resolve("tombola-store");
    try (TombolaProcess run = start(store)) {
      for (int trial = 0; trial < TRIALS_BEFORE_IT_STARTS; trial++) {
        run.awaitErr(line -> line.contains("test accuracy"));
      }
      String address = recipes.findBroker();
      Set<String> seen = new TreeSet<>();
      try (RecipeProcess killed = recipes.start("java", address)) {
        seen.addAll(killed.lines(ROWS_BEFORE_IT_IS_KILLED));
      }
      try (RecipeProcess restarted = recipes.start("java", address)) {
        TombolaProcess.Ended ended = run.end();
        assertEquals(0, ended.exitCode(), ended.err());
        Map<String, JsonNode> rows = Rows.of(store);
        readOn(restarted, seen, rows.keySet(), store);
        assertEquals(rows.keySet(), seen);
        assertEquals(rows, Rows.in(dir.resolve("rows")));
      }
    }
  }

  private static TombolaProcess start(Path store) throws Exception {
    return TombolaProcess.start(
        SmallRun.command(
            store,
            "late",
            "replicates=2",
            "training.iterations=4000",
            "training.evaluate-every=500",
            "pruning.rounds=3"));
  }

  /** Lets it have what it had not read when the run ended, and the broker with it. */
  private static void readOn(RecipeProcess consumer, Set<String> seen, Set<String> all, Path store)
      throws Exception {
    try (StoreBroker broker = StoreBroker.open(new StoreLayout(store))) {
      while (!seen.containsAll(all)) {
        seen.addAll(consumer.lines(1));
      }
    }
  }
}
