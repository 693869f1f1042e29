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
record Tail(Position floor, List<FeedEvent> events) {

  static final int LENGTH = 1000;

  /** Nothing yet. */
  static final Tail EMPTY = new Tail(Position.BEGINNING, List.of());

  Tail {
    events = List.copyOf(events);
  }

  /** With news at its end, and without what is then too old. */
  Tail with(List<FeedEvent> news) {
    List<FeedEvent> all = new ArrayList<>(events);
    all.addAll(news);
    int drop = Math.max(0, all.size() - LENGTH);
    Position lower = floor;
    for (FeedEvent dropped : all.subList(0, drop)) {
      lower = lower.with(dropped.log(), dropped.sequence());
    }
    return new Tail(lower, all.subList(drop, all.size()));
  }

  /** Those after {@code position}, at most {@code limit}; empty if it goes further back. */
  Optional<List<FeedEvent>> after(Position position, int limit) {
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
