package io.tombola.actors.round;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.tombola.actors.Workbench;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.training.mask.MagnitudePruning;
import io.tombola.training.mask.Mask;

/** Derives the next mask from the trained weights. */
public final class Pruner {

  /**
   * Asks for the mask of {@code step}'s round.
   *
   * @param trained the ticket's final weights of the round before
   * @param mask the mask they were trained under
   */
  public record Prune(
      Step.Prune step,
      PruningSpec pruning,
      ArtifactRef trained,
      ArtifactRef mask,
      ActorRef<StepReply> replyTo) {}

  private Pruner() {}

  /** The behavior; blocks on files, so it belongs on a blocking dispatcher. */
  public static Behavior<Prune> create(Workbench bench) {
    return Behaviors.receive(Prune.class)
        .onMessage(
            Prune.class,
            ask -> {
              ask.replyTo().tell(StepReply.of(ask.step(), () -> prune(bench, ask)));
              return Behaviors.same();
            })
        .build();
  }

  private static MaskPruned prune(Workbench bench, Prune ask) {
    Mask next =
        MagnitudePruning.prune(bench.weights(ask.trained()), bench.mask(ask.mask()), ask.pruning());
    return new MaskPruned(
        ask.step().round(),
        bench.artifacts().put(next.encode()),
        next.density(),
        bench.clock().instant());
  }
}
