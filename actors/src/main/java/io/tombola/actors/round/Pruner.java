package io.tombola.actors.round;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.tombola.actors.WorkerResources;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.Pruning;
import io.tombola.training.mask.WeightChange;
import io.tombola.training.seed.Seeds;

/** Derives the mask of a round. */
public final class Pruner {

  /**
   * Asks for the mask of {@code step}'s round.
   *
   * @param source what it is derived from
   */
  public record Prune(
      Step.Prune step,
      CampaignSpec campaign,
      int replicate,
      Source source,
      ActorRef<StepReply> replyTo) {}

  /** What a mask is derived from. */
  public sealed interface Source {}

  /**
   * A training.
   *
   * @param before the weights it started from
   * @param after its final weights
   * @param mask the mask it was trained under
   */
  public record Training(ArtifactRef before, ArtifactRef after, ArtifactRef mask)
      implements Source {}

  /**
   * The initialisation, before anything is trained.
   *
   * @param theta0 the replicate's first weights
   */
  public record Initialisation(ArtifactRef theta0) implements Source {}

  private Pruner() {}

  /** The behavior; blocks on files, so it belongs on a blocking dispatcher. */
  public static Behavior<Prune> create(WorkerResources bench) {
    return Behaviors.receive(Prune.class)
        .onMessage(
            Prune.class,
            ask -> {
              ask.replyTo().tell(StepReply.of(ask.step(), () -> prune(bench, ask)));
              return Behaviors.same();
            })
        .build();
  }

  private static MaskPruned prune(WorkerResources bench, Prune ask) {
    Mask next = mask(bench, ask);
    return new MaskPruned(
        ask.step().round(),
        bench.artifacts().put(next.encode()),
        next.density(),
        bench.clock().instant());
  }

  private static Mask mask(WorkerResources bench, Prune ask) {
    PruningSpec spec = ask.campaign().pruning();
    Seeds seeds = new Seeds(ask.campaign().seed(), ask.replicate());
    int round = ask.step().round();
    if (ask.source() instanceof Initialisation start) {
      return Pruning.atInitialisation(
          spec,
          seeds,
          round,
          bench.weights(start.theta0()),
          bench.data().splits(ask.campaign(), ask.replicate()));
    }
    Training training = (Training) ask.source();
    WeightChange trained =
        new WeightChange(bench.weights(training.before()), bench.weights(training.after()));
    return switch (spec.schedule()) {
      case ITERATIVE -> Pruning.next(spec, seeds, round, bench.mask(training.mask()), trained);
      case ONE_SHOT -> Pruning.oneShot(spec, seeds, round, trained);
    };
  }
}
