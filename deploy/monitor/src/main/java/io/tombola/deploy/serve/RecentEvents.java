package io.tombola.deploy.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A campaign's newest events, shared by all who follow it. Immutable.
 *
 * @param floor what came before them
 * @param events at most {@value #LENGTH}
 */
record RecentEvents(VersionVector floor, List<StreamEvent> events) {

  static final int LENGTH = 1000;

  /** Nothing yet. */
  static final RecentEvents EMPTY = new RecentEvents(VersionVector.BEGINNING, List.of());

  RecentEvents {
    events = List.copyOf(events);
  }

  /** With news at its end, and without what is then too old. */
  RecentEvents with(List<StreamEvent> news) {
    List<StreamEvent> all = new ArrayList<>(events);
    all.addAll(news);
    int drop = Math.max(0, all.size() - LENGTH);
    VersionVector lower = floor;
    for (StreamEvent dropped : all.subList(0, drop)) {
      lower = lower.with(dropped.log(), dropped.sequence());
    }
    return new RecentEvents(lower, all.subList(drop, all.size()));
  }

  /** Those after {@code position}, at most {@code limit}; empty if it goes further back. */
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
