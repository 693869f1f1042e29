package io.tombola.storage.journal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Appends events to the log. Caches where each id's events end, so that a write needs no query; the
 * next write detects an entry that is wrong after a failed transaction. For one thread.
 */
final class EventAppender {

  private final Map<String, SequenceRange> ends = new HashMap<>();

  /**
   * Appends one id's events, which are contiguous, in the caller's transaction.
   *
   * @throws IllegalStateException if they do not follow the last stored event
   */
  void append(Connection connection, List<EventRow> events) throws SQLException {
    String id = events.get(0).id();
    SequenceRange known = ends.get(id);
    if (known != null && extend(connection, known, events)) {
      return;
    }
    SequenceRange found = EventTable.CURRENT.sequences().of(connection, id);
    if (!extend(connection, found, events)) {
      throw new IllegalStateException(
          "expected event %d of %s, got %d; does another process write to this journal?"
              .formatted(found.highest() + 1, id, events.get(0).sequence()));
    }
  }

  private boolean extend(Connection connection, SequenceRange end, List<EventRow> events)
      throws SQLException {
    if (events.get(0).sequence() != end.highest() + 1) {
      return false;
    }
    List<String> checksums = chain(end.highestChecksum(), events);
    SequenceRange extended =
        end.extendedTo(
            events.get(events.size() - 1).sequence(), checksums.get(checksums.size() - 1));
    if (!SequenceTable.replace(connection, end, extended)) {
      return false;
    }
    EventTable.insert(connection, events, checksums);
    ends.put(end.id(), extended);
    return true;
  }

  /** The checksums of events after one whose checksum is {@code previous}. */
  static List<String> chain(String previous, List<EventRow> events) {
    List<String> checksums = new ArrayList<>();
    for (EventRow event : events) {
      previous = event.checksum(previous);
      checksums.add(previous);
    }
    return checksums;
  }
}
