package io.tombola.actors.campaign;

import akka.actor.typed.ActorRef;
import akka.actor.typed.eventstream.EventStream;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.round.Step;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;

/** Tells whoever listens what becomes of a replicate. */
record ReplicateProgress(ActorRef<EventStream.Command> stream, ReplicateId replicate) {

  /** News of {@code event}, if it is any; {@code state} is the one after it. */
  void announce(ReplicateState state, ReplicateEvent event) {
    if (event instanceof MaskPruned pruned) {
      publish(new Progress.Pruned(replicate, pruned.round(), pruned.density()));
    } else if (event instanceof TrialEvaluated evaluated) {
      announceEnd(state, evaluated.round(), evaluated.arm());
    } else if (event instanceof TrialFailed failed) {
      announceEnd(state, failed.round(), failed.arm());
    }
  }

  /** A step failed and will be done again after a pause. */
  void announceRetry(Step step, TrialFailure failure, Duration pause) {
    publish(new Progress.Retrying(replicate, step.toString(), failure, pause));
  }

  private void publish(Progress news) {
    stream.tell(new EventStream.Publish<>(news));
  }

  private void announceEnd(ReplicateState state, int round, Arm arm) {
    publish(new Progress.TrialEnded(state.recordOf(state.trial(round, arm).orElseThrow())));
  }
}
