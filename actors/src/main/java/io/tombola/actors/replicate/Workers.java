package io.tombola.actors.replicate;

import akka.actor.typed.ActorRef;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.round.Evaluator;
import io.tombola.actors.round.Pruner;
import io.tombola.actors.round.Rewinder;

/** The actors that do the steps of all replicates. */
public record Workers(
    ActorRef<DevicePool.Command> pool,
    ActorRef<Pruner.Prune> pruner,
    ActorRef<Rewinder.Command> rewinder,
    ActorRef<Evaluator.Evaluate> evaluator) {}
