package io.tombola.actors.round;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
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
   * Requests the mask of {@code step}'s round.
   *
   * @param source what it is derived from
   */
  public record Prune(
      Step.Prune step,
      CampaignSpec campaign,
      int replicate,
      Source source,
      ActorRef<StepReply> replyTo)
      implements StepRequest {}

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
  public static Behavior<Prune> create(WorkerResources resources) {
    return StepWorker.create(Prune.class, request -> prune(resources, request));
  }

  private static MaskPruned prune(WorkerResources resources, Prune request) {
    Mask next = mask(resources, request);
    return new MaskPruned(
        request.step().round(),
        resources.artifacts().put(next.encode()),
        next.density(),
        resources.clock().instant());
  }

  private static Mask mask(WorkerResources resources, Prune request) {
    PruningSpec spec = request.campaign().pruning();
    Seeds seeds = new Seeds(request.campaign().seed(), request.replicate());
    int round = request.step().round();
    if (request.source() instanceof Initialisation start) {
      return Pruning.atInitialisation(
          spec,
          seeds,
          round,
          resources.weights(start.theta0()),
          resources.data().splits(request.campaign(), request.replicate()));
    }
    Training training = (Training) request.source();
    WeightChange trained =
        new WeightChange(resources.weights(training.before()), resources.weights(training.after()));
    return switch (spec.schedule()) {
      case ITERATIVE -> Pruning.next(spec, seeds, round, resources.mask(training.mask()), trained);
      case ONE_SHOT -> Pruning.oneShot(spec, seeds, round, trained);
    };
  }
}
