package io.tombola.storage.journal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.storage.journal.sql.DamageCheck.Outcome;
import java.nio.file.Path;
import java.security.SecureRandom;
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
 * Flips one bit of a store at a time, at places drawn from a seed that each build draws and prints:
 * {@code -Dtombola.bit-flips.seed=4711 -Dtombola.bit-flips.places=100000} repeats one, and tries
 * more places.
 */
@Timeout(600)
class BitFlipTest {

  private static final int PLACES = Integer.getInteger("tombola.bit-flips.places", 400);
  private static final long SEED =
      Long.getLong("tombola.bit-flips.seed", new SecureRandom().nextLong());
  private static final int PAGE_BYTES = 4096;

  @TempDir(factory = MemoryDirectory.class)
  Path folder;

  @Test
  void detectsBitFlipsAfterAKill() throws Exception {
    flipBits("killed", SmallStore.killed(folder.resolve("whole"), PAGE_BYTES, 45));
  }

  @Test
  void detectsBitFlipsAfterAClose() throws Exception {
    flipBits("closed", SmallStore.closed(folder.resolve("whole"), PAGE_BYTES, 45));
  }

  private void flipBits(String end, SmallStore whole) throws Exception {
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
      DamageCheck damage =
          new DamageCheck(whole, whole.writeTo(folder.resolve("damaged"), file, content));
      try {
        Outcome outcome = damage.checkWriting(damage.checkReading());
        outcomes
            .computeIfAbsent(file, none -> new EnumMap<>(Outcome.class))
            .merge(outcome, 1, Integer::sum);
      } catch (RuntimeException | AssertionError e) {
        undetected.add("bit %d of byte %d of %s: %s".formatted(bit, at, file, e));
      }
    }
    System.out.println(
        "bit flips, " + end + ", -Dtombola.bit-flips.seed=" + SEED + ": " + outcomes);
    assertEquals(List.of(), undetected, "undetected, or not reported");
    assertEquals(files, List.copyOf(outcomes.keySet()), "every file was hit");
  }

  private static String journal(SmallStore whole, Random random) {
    boolean log = random.nextBoolean() && whole.files().containsKey(SmallStore.LOG);
    return log ? SmallStore.LOG : SmallStore.DATABASE;
  }
}
