package io.tombola.actors.campaign;

import akka.actor.typed.ActorRef;
import io.tombola.actors.replicate.Supervisor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The supervisors of a campaign's replicates, from their start until each has reported its outcome
 * and its actor has terminated: only then may another actor write to the same journal. Belongs to
 * one campaign supervisor.
 */
final class RunningReplicates {

  private final Map<Integer, ActorRef<Supervisor.Command>> awaitingOutcome = new HashMap<>();
  private final Map<ActorRef<Void>, Integer> alive = new HashMap<>();

  void started(int replicate, ActorRef<Supervisor.Command> supervisor) {
    awaitingOutcome.put(replicate, supervisor);
    alive.put(supervisor.unsafeUpcast(), replicate);
  }

  /** Whether the outcome is the replicate's first. */
  boolean ended(int replicate) {
    return awaitingOutcome.remove(replicate) != null;
  }

  /** The replicate of a supervisor that has terminated. */
  Optional<Integer> terminated(ActorRef<Void> supervisor) {
    return Optional.ofNullable(alive.remove(supervisor));
  }

  void stopAll() {
    awaitingOutcome.values().forEach(supervisor -> supervisor.tell(new Supervisor.Stop()));
  }

  boolean isEmpty() {
    return awaitingOutcome.isEmpty() && alive.isEmpty();
  }
}
