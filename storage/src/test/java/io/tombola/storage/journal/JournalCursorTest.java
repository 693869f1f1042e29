package io.tombola.storage.journal;

import static io.tombola.storage.Samples.completions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.event.CampaignEvent;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.journal.JournalCursor.Poll;
import io.tombola.storage.journal.JournalCursor.Reset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JournalCursorTest {

  private static final String ANT = "campaign|ant";
  private static final String BEE = "campaign|bee";

  private final MemoryJournal journal = new MemoryJournal();
  private final JournalCursor cursor = new JournalCursor(journal);

  @Test
  void pollsEachEventOfEveryIdOnce() {
    journal.append(BEE, completions(1, 2));
    journal.append(ANT, completions(10, 1));
    assertEquals(List.of(ANT + " 1", BEE + " 1", BEE + " 2"), positions(cursor.poll()));
    assertEquals(List.of(), positions(cursor.poll()));
    journal.append(BEE, completions(3, 1));
    journal.append("campaign|cat", completions(1, 1));
    Poll poll = cursor.poll();
    assertEquals(List.of(BEE + " 3", "campaign|cat 1"), positions(poll));
    assertFalse(poll.restarted());
    assertEquals(3, cursor.position(BEE));
  }

  @Test
  void readsPageByPage() {
    int events = 2 * JournalCursor.PAGE_SIZE + 7;
    journal.append(ANT, completions(1, events));
    assertEquals(events, cursor.poll().events().size());
    assertEquals(JournalCursor.PAGE_SIZE, journal.largestRead);

    cursor.seek(ANT, 0);
    List<StoredEvent> remaining = new ArrayList<>();
    cursor.forEachRemaining(ANT, remaining::add);
    assertEquals(events, remaining.size());
    cursor.seek(ANT, 0);
    assertEquals(remaining, cursor.next(ANT, Integer.MAX_VALUE));
    assertEquals(JournalCursor.PAGE_SIZE, journal.largestRead);
  }

  @Test
  void continuesWhereAnEarlierCursorWas() {
    journal.append(ANT, completions(1, 5));
    JournalCursor later = new JournalCursor(journal, Map.of(ANT, 3L), Reset.EARLIEST);
    assertEquals(List.of(ANT + " 4"), positions(later.next(ANT, 1)));
    assertEquals(List.of(ANT + " 5"), positions(later.poll()));
  }

  @Test
  void pollsOnlyTheIdsThatMatch() {
    journal.append(ANT, completions(1, 1));
    journal.append(BEE, completions(1, 1));
    assertEquals(List.of(BEE + " 1"), positions(cursor.poll(BEE::equals)));
    assertEquals(0, cursor.position(ANT));
    assertEquals(List.of(ANT + " 1"), positions(cursor.poll()));
  }

  @Test
  void restartsAllLogsWhenOneBecameShorter() {
    journal.append(ANT, completions(1, 3));
    journal.append(BEE, completions(1, 1));
    cursor.poll();
    journal.truncate(ANT, 2);
    Poll poll = cursor.poll();
    assertTrue(poll.restarted());
    assertEquals(List.of(ANT + " 1", ANT + " 2", BEE + " 1"), positions(poll));
    assertFalse(cursor.poll().restarted());
  }

  @Test
  void restartsWhenALogIsDeleted() {
    journal.append(ANT, completions(1, 1));
    cursor.poll();
    journal.truncate(ANT, 0);
    assertTrue(cursor.poll().restarted());
    assertEquals(0, cursor.position(ANT));
  }

  @Test
  void restartsWhenALogWasReplacedByALongerOne() {
    journal.append(ANT, completions(1, 2));
    cursor.poll();
    journal.truncate(ANT, 0);
    journal.append(ANT, completions(7, 3));
    Poll poll = cursor.poll();
    assertTrue(poll.restarted());
    assertEquals(3, poll.events().size());
  }

  @Test
  void continuesLogsThatHaveNoChecksums() {
    journal.withChecksums = false;
    journal.append(ANT, completions(1, 2));
    cursor.poll();
    journal.append(ANT, completions(3, 1));
    // As when the run that follows migrates the tables of an older version.
    journal.withChecksums = true;
    Poll poll = cursor.poll();
    assertFalse(poll.restarted());
    assertEquals(List.of(ANT + " 3"), positions(poll));
  }

  @Test
  void continuesAtTheEndOfAShorterLogIfAskedTo() {
    journal.append(ANT, completions(1, 2));
    JournalCursor latest = new JournalCursor(journal, Map.of(ANT, 9L), Reset.LATEST);
    Poll poll = latest.poll();
    assertFalse(poll.restarted());
    assertEquals(List.of(), positions(poll));
    journal.append(ANT, completions(3, 1));
    assertEquals(List.of(ANT + " 3"), positions(latest.poll()));
  }

  @Test
  void refusesAGapAfterTheEventsBeforeIt() {
    journal.append(ANT, completions(1, 4));
    journal.lose(ANT, 3);
    List<StoredEvent> read = new ArrayList<>();
    for (int attempt = 1; attempt <= 2; attempt++) {
      DamagedJournalException gap =
          assertThrows(
              DamagedJournalException.class, () -> cursor.forEachRemaining(ANT, read::add));
      assertTrue(gap.getMessage().contains("event 3 of " + ANT), gap::getMessage);
      assertEquals(List.of(ANT + " 1", ANT + " 2"), positions(read), "each once");
    }
    assertEquals(2, cursor.position(ANT));
  }

  @Test
  void aFailedPollKeepsAllPositions() {
    journal.append(ANT, completions(1, 1));
    journal.append(BEE, completions(1, 3));
    journal.lose(BEE, 2);
    assertThrows(DamagedJournalException.class, cursor::poll);
    assertEquals(0, cursor.position(ANT));
    assertThrows(DamagedJournalException.class, () -> cursor.next(BEE, 3));
    assertEquals(0, cursor.position(BEE));
  }

  @Test
  void anEventWhoseConsumerFailedIsReadAgain() {
    journal.append(ANT, completions(1, 2));
    assertThrows(
        IllegalStateException.class,
        () ->
            cursor.forEachRemaining(
                ANT,
                event -> {
                  throw new IllegalStateException("not now");
                }));
    assertEquals(2, cursor.next(ANT, 10).size());
  }

  private static List<String> positions(Poll poll) {
    return positions(poll.events());
  }

  private static List<String> positions(List<StoredEvent> events) {
    return events.stream().map(event -> event.id() + " " + event.sequence()).toList();
  }

  /** A journal in memory that can lose events. */
  private static final class MemoryJournal implements EventSource {

    private final SortedMap<String, List<StoredEvent>> logs = new TreeMap<>();
    private boolean withChecksums = true;
    private int largestRead;

    void append(String id, List<CampaignEvent> events) {
      List<StoredEvent> log = logs.computeIfAbsent(id, none -> new ArrayList<>());
      events.forEach(event -> log.add(new StoredEvent(id, log.size() + 1L, event)));
    }

    void truncate(String id, int length) {
      List<StoredEvent> log = logs.get(id);
      log.subList(length, log.size()).clear();
      logs.values().removeIf(List::isEmpty);
    }

    void lose(String id, long sequence) {
      logs.get(id).removeIf(event -> event.sequence() == sequence);
    }

    @Override
    public SortedMap<String, Long> highestSequences() {
      SortedMap<String, Long> highest = new TreeMap<>();
      logs.forEach((id, log) -> highest.put(id, log.get(log.size() - 1).sequence()));
      return highest;
    }

    @Override
    public List<StoredEvent> read(String id, long fromSequence, int max) {
      List<StoredEvent> events =
          logs.getOrDefault(id, List.of()).stream()
              .filter(event -> event.sequence() >= fromSequence)
              .limit(max)
              .toList();
      largestRead = Math.max(largestRead, events.size());
      return events;
    }

    @Override
    public Optional<String> checksum(String id, long sequence) {
      return withChecksums
          ? Optional.of(logs.get(id).subList(0, (int) sequence).toString())
          : Optional.empty();
    }
  }
}
