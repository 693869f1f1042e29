package io.tombola.deploy.serve;

import io.tombola.storage.journal.StoredEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/** Merges the events of several logs by time; the order within each log is kept. */
final class EventMerger {

  /**
   * A log's next events.
   *
   * @param complete whether the log has no further events
   */
  record Log(List<StoredEvent> events, boolean complete) {}

  /** The next event of a log, and the events after it. */
  private record Head(StoredEvent event, Iterator<StoredEvent> rest, boolean complete) {}

  private static final Comparator<Head> EARLIEST =
      Comparator.<Head, java.time.Instant>comparing(head -> head.event().event().at())
          .thenComparing(head -> head.event().id());

  private EventMerger() {}

  /**
   * The merged events up to the end of the first incomplete log, after which the order is unknown.
   */
  static List<StoredEvent> merge(List<Log> logs) {
    PriorityQueue<Head> heads = new PriorityQueue<>(EARLIEST);
    for (Log log : logs) {
      Iterator<StoredEvent> events = log.events().iterator();
      if (events.hasNext()) {
        heads.add(new Head(events.next(), events, log.complete()));
      }
    }
    List<StoredEvent> merged = new ArrayList<>();
    while (!heads.isEmpty()) {
      Head head = heads.remove();
      merged.add(head.event());
      if (head.rest().hasNext()) {
        heads.add(new Head(head.rest().next(), head.rest(), head.complete()));
      } else if (!head.complete()) {
        return merged;
      }
    }
    return merged;
  }
}
