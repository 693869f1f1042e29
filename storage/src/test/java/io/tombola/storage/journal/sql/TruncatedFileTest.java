package io.tombola.storage.journal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.sql.DamageCheck.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Truncates each file of a small store at every length. */
@Timeout(600)
class TruncatedFileTest {

  private static final int PAGE_BYTES = 512;

  // Writing is tried where a page or a frame of the log begins, and at every 97th length.
  private static final int WRITE_EVERY = 97;

  @TempDir(factory = MemoryDirectory.class)
  Path folder;

  @Test
  void detectsTruncationAtEveryByteAfterAKill() throws Exception {
    SmallStore whole = SmallStore.killed(folder.resolve("whole"), PAGE_BYTES, 2);
    Map<String, Map<Outcome, Integer>> outcomes = truncate(whole);
    System.out.println("truncated, killed: " + outcomes);
    // The last thing written is a snapshot, which nothing depends on.
    assertEquals(
        Set.of(Outcome.REPORTED_AS_LOST_EVENTS, Outcome.UNCHANGED),
        outcomes.get(SmallStore.LOG).keySet());
    // The last page lies in the log, too.
    assertEquals(
        Set.of(Outcome.REPORTED, Outcome.UNCHANGED), outcomes.get(SmallStore.DATABASE).keySet());
  }

  @Test
  void detectsTruncationAtEveryByteAfterAClose() throws Exception {
    SmallStore whole = SmallStore.closed(folder.resolve("whole"), PAGE_BYTES, 2);
    Map<String, Map<Outcome, Integer>> outcomes = truncate(whole);
    System.out.println("truncated, closed: " + outcomes);
    // The last page may hold a snapshot only.
    assertEquals(
        Set.of(Outcome.REPORTED, Outcome.REPORTED_AS_HARMLESS),
        outcomes.get(SmallStore.DATABASE).keySet());
  }

  private Map<String, Map<Outcome, Integer>> truncate(SmallStore whole) throws Exception {
    Map<String, Map<Outcome, Integer>> outcomes = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : whole.files().entrySet()) {
      Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
      for (int length = 0; length < file.getValue().length; length++) {
        byte[] truncated = Arrays.copyOf(file.getValue(), length);
        StoreLayout store = whole.writeTo(folder.resolve("truncated"), file.getKey(), truncated);
        counts.merge(
            check(new DamageCheck(whole, store), file.getKey() + " after byte " + length, length),
            1,
            Integer::sum);
      }
      outcomes.put(file.getKey(), counts);
    }
    return outcomes;
  }

  private static Outcome check(DamageCheck damage, String where, int length) {
    try {
      Outcome outcome = damage.checkReading();
      boolean write = length % PAGE_BYTES <= 1 || length % WRITE_EVERY == 0;
      return write ? damage.checkWriting(outcome) : outcome;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("truncated: " + where, e);
    }
  }
}
