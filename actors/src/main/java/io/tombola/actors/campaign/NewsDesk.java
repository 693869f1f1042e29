package io.tombola.actors.campaign;

import akka.actor.typed.ActorRef;
import akka.actor.typed.eventstream.EventStream;
import io.tombola.actors.progress.Progress;
import io.tombola.protocol.Arm;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.state.ReplicateState;

/** Tells whoever listens what was persisted. */
record NewsDesk(ActorRef<EventStream.Command> stream) {

  /** News of {@code event}, if it is any; {@code state} is the one after it. */
  void announce(ReplicateState state, ReplicateEvent event) {
    if (event instanceof MaskPruned pruned) {
      publish(new Progress.Pruned(state.id(), pruned.round(), pruned.density()));
    } else if (event instanceof TrialEvaluated evaluated) {
      announceEnd(state, evaluated.round(), evaluated.arm());
    } else if (event instanceof TrialFailed failed) {
      announceEnd(state, failed.round(), failed.arm());
    }
  }

  void publish(Progress news) {
    stream.tell(new EventStream.Publish<>(news));
  }

  private void announceEnd(ReplicateState state, int round, Arm arm) {
    publish(new Progress.TrialEnded(state.recordOf(state.trial(round, arm).orElseThrow())));
  }
}
