package io.tombola.storage.journal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.sql.DamageCheck.Outcome;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Truncates each file of a small store: small files at every length, the database and its log where
 * a page or a frame begins and ends, and at every 17th length between, from one that each build
 * draws and prints. {@code -Dtombola.truncation.stride=1} tries every length.
 */
@Timeout(600)
class TruncatedFileTest {

  private static final int PAGE_BYTES = 512;
  private static final int LOG_HEADER_BYTES = 32;
  private static final int FRAME_BYTES = 24 + PAGE_BYTES;
  private static final int SMALL_FILE_BYTES = 256;

  private static final int STRIDE = Integer.getInteger("tombola.truncation.stride", 17);
  private static final int FIRST =
      Integer.getInteger("tombola.truncation.first", new SecureRandom().nextInt(STRIDE));

  // Writing is tried where a page or a frame of the log begins, and at every 97th length.
  private static final int WRITE_EVERY = 97;

  @BeforeAll
  static void print() {
    System.out.println(
        "truncated at every " + STRIDE + "th length: -Dtombola.truncation.first=" + FIRST);
  }

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
      for (int length : lengths(file.getKey(), file.getValue().length)) {
        byte[] truncated = Arrays.copyOf(file.getValue(), length);
        StoreLayout store = whole.writeTo(folder.resolve("truncated"), file.getKey(), truncated);
        counts.merge(check(new DamageCheck(whole, store), file.getKey(), length), 1, Integer::sum);
      }
      outcomes.put(file.getKey(), counts);
    }
    return outcomes;
  }

  private static int[] lengths(String file, int size) {
    return IntStream.range(0, size)
        .filter(
            length ->
                size <= SMALL_FILE_BYTES || isBoundary(file, length) || length % STRIDE == FIRST)
        .toArray();
  }

  /** Whether a page, or a frame of the log, begins less than two bytes away. */
  private static boolean isBoundary(String file, int length) {
    return file.equals(SmallStore.LOG)
        ? Math.floorMod(length - LOG_HEADER_BYTES + 1, FRAME_BYTES) <= 2
        : (length + 1) % PAGE_BYTES <= 2;
  }

  private static Outcome check(DamageCheck damage, String file, int length) {
    try {
      Outcome outcome = damage.checkReading();
      boolean write = isBoundary(file, length) || length % WRITE_EVERY == 0;
      return write ? damage.checkWriting(outcome) : outcome;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("truncated: " + file + " after byte " + length, e);
    }
  }
}
