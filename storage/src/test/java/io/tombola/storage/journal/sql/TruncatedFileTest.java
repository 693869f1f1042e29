package io.tombola.storage.journal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.sql.Damage.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every file of a small store, cut off after every number of bytes. */
@Timeout(600)
class TornBytesTest {

  private static final int PAGE_BYTES = 512;

  // What can be written is tried where a page or a frame of the log begins, and now and then.
  private static final int WRITE_EVERY = 97;

  @TempDir(factory = MemoryDirectory.class)
  Path folder;

  @Test
  void namesWhatAKilledProcessLeftWhereverItIsCutOff() throws Exception {
    SmallStore whole = SmallStore.killed(folder.resolve("whole"), PAGE_BYTES, 2);
    Map<String, Map<Outcome, Integer>> outcomes = cutOff(whole);
    System.out.println("cut off, killed: " + outcomes);
    // The last thing written is a snapshot, which nothing depends on.
    assertEquals(
        Set.of(Outcome.NAMED_AS_LOST_EVENTS, Outcome.UNCHANGED),
        outcomes.get(SmallStore.LOG).keySet());
    // The last page lies in the log, too.
    assertEquals(
        Set.of(Outcome.NAMED, Outcome.UNCHANGED), outcomes.get(SmallStore.DATABASE).keySet());
  }

  @Test
  void namesWhatAnOrderlyEndLeftWhereverItIsCutOff() throws Exception {
    SmallStore whole = SmallStore.closed(folder.resolve("whole"), PAGE_BYTES, 2);
    Map<String, Map<Outcome, Integer>> outcomes = cutOff(whole);
    System.out.println("cut off, closed: " + outcomes);
    // The last page may hold a snapshot only.
    assertEquals(
        Set.of(Outcome.NAMED, Outcome.NAMED_AS_HARMLESS),
        outcomes.get(SmallStore.DATABASE).keySet());
  }

  private Map<String, Map<Outcome, Integer>> cutOff(SmallStore whole) throws Exception {
    Map<String, Map<Outcome, Integer>> outcomes = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : whole.files().entrySet()) {
      Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
      for (int length = 0; length < file.getValue().length; length++) {
        byte[] torn = Arrays.copyOf(file.getValue(), length);
        StoreLayout store = whole.layOut(folder.resolve("torn"), file.getKey(), torn);
        counts.merge(
            check(new Damage(whole, store), file.getKey() + " after byte " + length, length),
            1,
            Integer::sum);
      }
      outcomes.put(file.getKey(), counts);
    }
    return outcomes;
  }

  private static Outcome check(Damage damage, String where, int length) {
    try {
      Outcome outcome = damage.reading();
      boolean write = length % PAGE_BYTES <= 1 || length % WRITE_EVERY == 0;
      return write ? damage.writing(outcome) : outcome;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("cut off: " + where, e);
    }
  }
}
