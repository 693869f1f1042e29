package io.tombola.storage.journal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.storage.journal.sql.Damage.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit of a store, turned over, at places drawn by a seed: {@code -Dtombola.rot.seed=4711
 * -Dtombola.rot.places=100000} tries others, and more.
 */
@Timeout(600)
class RottenBytesTest {

  private static final int PLACES = Integer.getInteger("tombola.rot.places", 1000);
  private static final long SEED = Long.getLong("tombola.rot.seed", 4);
  private static final int PAGE_BYTES = 4096;

  @TempDir(factory = MemoryDirectory.class)
  Path folder;

  @Test
  void namesWhatAKilledProcessLeftWhicheverBitTurnsOver() throws Exception {
    turnOver("killed", SmallStore.killed(folder.resolve("whole"), PAGE_BYTES, 45));
  }

  @Test
  void namesWhatAnOrderlyEndLeftWhicheverBitTurnsOver() throws Exception {
    turnOver("closed", SmallStore.closed(folder.resolve("whole"), PAGE_BYTES, 45));
  }

  private void turnOver(String end, SmallStore whole) throws Exception {
    List<String> files = List.copyOf(whole.files().keySet());
    Map<String, Map<Outcome, Integer>> outcomes = new TreeMap<>();
    List<String> undetected = new ArrayList<>();
    Random random = new Random(SEED);
    for (int place = 0; place < PLACES / 2; place++) {
      String file =
          random.nextBoolean() ? journal(whole, random) : files.get(random.nextInt(files.size()));
      byte[] content = whole.files().get(file).clone();
      int at = random.nextInt(content.length);
      int bit = random.nextInt(Byte.SIZE);
      content[at] ^= (byte) (1 << bit);
      Damage damage = new Damage(whole, whole.layOut(folder.resolve("rotten"), file, content));
      try {
        Outcome outcome = damage.writing(damage.reading());
        outcomes
            .computeIfAbsent(file, none -> new EnumMap<>(Outcome.class))
            .merge(outcome, 1, Integer::sum);
      } catch (RuntimeException | AssertionError e) {
        undetected.add("bit %d of byte %d of %s: %s".formatted(bit, at, file, e));
      }
    }
    System.out.println("turned over, " + end + ": " + outcomes);
    assertEquals(List.of(), undetected, "undetected, or not named");
    assertEquals(files, List.copyOf(outcomes.keySet()), "every file was hit");
  }

  private static String journal(SmallStore whole, Random random) {
    boolean log = random.nextBoolean() && whole.files().containsKey(SmallStore.LOG);
    return log ? SmallStore.LOG : SmallStore.DATABASE;
  }
}
