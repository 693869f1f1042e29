package io.tombola.deploy.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A campaign's newest events, shared by all stream clients. Immutable.
 *
 * @param floor the position before the first of them
 * @param events at most {@value #LENGTH}
 */
record RecentEvents(VersionVector floor, List<StreamEvent> events) {

  static final int LENGTH = 1000;

  /** No events yet. */
  static final RecentEvents EMPTY = new RecentEvents(VersionVector.BEGINNING, List.of());

  RecentEvents {
    events = List.copyOf(events);
  }

  /** Appends events and drops the oldest ones beyond {@value #LENGTH}. */
  RecentEvents with(List<StreamEvent> newEvents) {
    List<StreamEvent> all = new ArrayList<>(events);
    all.addAll(newEvents);
    int drop = Math.max(0, all.size() - LENGTH);
    VersionVector lower = floor;
    for (StreamEvent dropped : all.subList(0, drop)) {
      lower = lower.with(dropped.log(), dropped.sequence());
    }
    return new RecentEvents(lower, all.subList(drop, all.size()));
  }

  /** The events after {@code position}, at most {@code limit}; empty if older events are needed. */
  Optional<List<StreamEvent>> after(VersionVector position, int limit) {
    if (floor.isBeyond(position)) {
      return Optional.empty();
    }
    return Optional.of(
        events.stream()
            .filter(event -> event.sequence() > position.of(event.log()))
            .limit(limit)
            .toList());
  }
}
