package io.tombola.storage.journal;

import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.journal.sql.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A position in the events of each persistence id of a journal, from which it reads on, page by
 * page, as the journal grows. Refuses gaps. Not thread-safe; does not close the journal.
 *
 * <p>Every method that reads throws {@link DamagedJournalException} if an event is missing or
 * cannot be read; the position is then after the last event that was handed out.
 */
public final class JournalCursor {

  /** The most events that are read in one query. */
  public static final int PAGE_SIZE = Database.PAGE_SIZE;

  /** What {@link #poll} does when a log is not the one that was read. */
  public enum Reset {
    /**
     * If a log became shorter or was replaced by another, reads all of them from their first event
     * again. A replaced log that is no longer than the one before is noticed once it grows.
     */
    EARLIEST,
    /** Continues a log that became shorter at its end. */
    LATEST
  }

  /**
   * What a poll has found.
   *
   * @param events the new ones, contiguous for each id
   * @param restarted whether the logs are read from their first event again
   */
  public record Poll(List<StoredEvent> events, boolean restarted) {

    /** Keeps an immutable copy. */
    public Poll {
      events = List.copyOf(events);
    }
  }

  private final EventSource journal;
  private final Reset reset;
  private final SortedMap<String, Long> positions = new TreeMap<>();
  // Of the last event read of each id, as far as it has one.
  private final Map<String, String> checksums = new HashMap<>();

  /** A cursor before the first event of every id. */
  public JournalCursor(EventSource journal) {
    this(journal, Map.of(), Reset.EARLIEST);
  }

  /**
   * A cursor that continues where an earlier one was.
   *
   * @param positions the last event read of each id; an id without one is read from its first event
   */
  public JournalCursor(EventSource journal, Map<String, Long> positions, Reset reset) {
    this.journal = journal;
    this.reset = reset;
    this.positions.putAll(positions);
  }

  /** The number of the last event of {@code id} that was read, 0 if none was. */
  public long position(String id) {
    return positions.getOrDefault(id, 0L);
  }

  /** Moves to after the event {@code sequence} of {@code id}; 0 is before its first. */
  public void seek(String id, long sequence) {
    positions.put(id, sequence);
    checksums.remove(id);
  }

  /** The next events of {@code id}, at most {@code max}; empty if there are none for now. */
  public List<StoredEvent> next(String id, int max) {
    List<StoredEvent> events = new ArrayList<>();
    while (events.size() < max) {
      int size = Math.min(PAGE_SIZE, max - events.size());
      List<StoredEvent> page = readPage(id, position(id) + events.size() + 1, size, events::add);
      if (page.size() < size) {
        break;
      }
    }
    seek(id, position(id) + events.size());
    return events;
  }

  /** Hands out the events of {@code id} up to its end for now. */
  public void forEachRemaining(String id, Consumer<StoredEvent> consumer) {
    List<StoredEvent> page;
    do {
      page =
          readPage(
              id,
              position(id) + 1,
              PAGE_SIZE,
              event -> {
                consumer.accept(event);
                seek(id, event.sequence());
              });
    } while (page.size() == PAGE_SIZE);
  }

  /** Reads what is new of every id; moves only if all of it could be read. */
  public Poll poll() {
    return poll(id -> true);
  }

  /** Reads what is new of the ids that match, by id; moves only if all of it could be read. */
  public Poll poll(Predicate<String> ids) {
    SortedMap<String, Long> highest = new TreeMap<>(journal.highestSequences());
    highest.keySet().removeIf(ids.negate());
    boolean restarted = reset == Reset.EARLIEST && isAnother(highest, ids);
    SortedMap<String, Long> reached = new TreeMap<>();
    List<StoredEvent> events = new ArrayList<>();
    highest.forEach(
        (id, last) -> {
          long done = restarted ? 0 : Math.min(position(id), last);
          reached.put(id, readTo(id, done, last, events::add));
        });
    if (restarted) {
      positions.clear();
      checksums.clear();
    }
    reached.forEach(
        (id, sequence) -> {
          if (sequence != position(id)) {
            seek(id, sequence);
            journal.checksum(id, sequence).ifPresent(checksum -> checksums.put(id, checksum));
          }
        });
    return new Poll(events, restarted);
  }

  /**
   * Reads the events after {@code done} up to {@code last}; the number of the last one there was.
   */
  private long readTo(String id, long done, long last, Consumer<StoredEvent> consumer) {
    while (done < last) {
      int size = (int) Math.min(PAGE_SIZE, last - done);
      int read = readPage(id, done + 1, size, consumer).size();
      if (read == 0) {
        // The log became shorter after it was asked for its end; the next poll notices.
        return done;
      }
      done += read;
    }
    return done;
  }

  private boolean isAnother(SortedMap<String, Long> highest, Predicate<String> ids) {
    return positions.entrySet().stream()
        .filter(known -> ids.test(known.getKey()))
        .anyMatch(
            known -> {
              long last = highest.getOrDefault(known.getKey(), 0L);
              return last < known.getValue()
                  || (last > known.getValue() && isReplaced(known.getKey(), known.getValue()));
            });
  }

  private boolean isReplaced(String id, long sequence) {
    Optional<String> before = Optional.ofNullable(checksums.get(id));
    return before.isPresent() && !before.equals(journal.checksum(id, sequence));
  }

  /** Reads a page and hands out its events one by one, as far as they are contiguous. */
  private List<StoredEvent> readPage(
      String id, long from, int max, Consumer<StoredEvent> consumer) {
    List<StoredEvent> page = journal.read(id, from, max);
    long expected = from;
    for (StoredEvent event : page) {
      if (event.sequence() != expected) {
        throw DamagedJournalException.at(id, expected, "it is missing");
      }
      consumer.accept(event);
      expected++;
    }
    return page;
  }
}
