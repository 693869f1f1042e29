package io.tombola.deploy.serve;

import io.tombola.storage.journal.StoredEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/** Puts the events of several logs into one line by their time; each log keeps its own order. */
final class EventMerger {

  /**
   * A log's next events.
   *
   * @param complete whether these are all it has
   */
  record Log(List<StoredEvent> events, boolean complete) {}

  /** The next event of a strand, and what follows it. */
  private record Head(StoredEvent event, Iterator<StoredEvent> rest, boolean complete) {}

  private static final Comparator<Head> EARLIEST =
      Comparator.<Head, java.time.Instant>comparing(head -> head.event().event().at())
          .thenComparing(head -> head.event().id());

  private EventMerger() {}

  /** The earliest events, as far as the strands tell: beyond the end of one nothing is known. */
  static List<StoredEvent> of(List<Log> strands) {
    PriorityQueue<Head> heads = new PriorityQueue<>(EARLIEST);
    for (Log strand : strands) {
      Iterator<StoredEvent> events = strand.events().iterator();
      if (events.hasNext()) {
        heads.add(new Head(events.next(), events, strand.complete()));
      }
    }
    List<StoredEvent> line = new ArrayList<>();
    while (!heads.isEmpty()) {
      Head head = heads.remove();
      line.add(head.event());
      if (head.rest().hasNext()) {
        heads.add(new Head(head.rest().next(), head.rest(), head.complete()));
      } else if (!head.complete()) {
        return line;
      }
    }
    return line;
  }
}
