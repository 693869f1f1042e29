package io.tombola.actors.campaign;

import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.state.ReplicateState;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a supervisor does about a message.
 *
 * @param event to persist, if any
 * @param then what follows, on the state after the event, once that is stored
 */
record EventAndEffect(Optional<ReplicateEvent> event, Consumer<ReplicateState> then) {

  /** Nothing. */
  static final EventAndEffect NONE = of(after -> {});

  /** Something to do and nothing to persist. */
  static EventAndEffect of(Consumer<ReplicateState> then) {
    return new EventAndEffect(Optional.empty(), then);
  }

  /** Something to persist first. */
  static EventAndEffect persist(ReplicateEvent event, Consumer<ReplicateState> then) {
    return new EventAndEffect(Optional.of(event), then);
  }
}
