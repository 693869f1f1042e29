package io.tombola.actors.round;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import io.tombola.actors.WorkerResources;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.TrialStart;
import io.tombola.training.engine.EngineSelection;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.mask.Mask;
import io.tombola.training.mask.WeightChange;
import io.tombola.training.network.Weights;
import io.tombola.training.start.ChainArtifacts;
import io.tombola.training.start.InitialTicket;
import io.tombola.training.start.StartingPoint;
import io.tombola.training.start.StartingPoints;
import java.util.Optional;

/**
 * Creates the starting point of a training: θ0, the surviving weights rewound, or a control's draw.
 */
public final class Rewinder {

  /** Messages to a rewinder. */
  public sealed interface Command extends StepRequest {}

  /** Draw θ0 and the all-ones mask. */
  public record Initialize(
      Step.Initialize step, CampaignSpec campaign, int replicate, ActorRef<StepReply> replyTo)
      implements Command {}

  /**
   * Prepare a trial.
   *
   * @param chain what its starting point is derived from
   * @param engine the engine that computes it; empty: the selection rule's choice
   */
  public record Prepare(
      Step.Prepare step,
      CampaignSpec campaign,
      int replicate,
      ChainRefs chain,
      Optional<EngineName> engine,
      ActorRef<StepReply> replyTo)
      implements Command {}

  /**
   * What a starting point is derived from, as far as the trial needs it; see {@link
   * ChainArtifacts}.
   *
   * @param theta0 the replicate's first weights
   * @param mask the round's mask
   * @param rewindPoint the point of the dense network's training that the round rewinds to
   * @param previous final weights that the round continues from
   * @param dense the dense network's final weights
   */
  public record ChainRefs(
      ArtifactRef theta0,
      ArtifactRef mask,
      Optional<ArtifactRef> rewindPoint,
      Optional<ArtifactRef> previous,
      Optional<ArtifactRef> dense) {}

  private Rewinder() {}

  /** The behavior; blocks on files, so it belongs on a blocking dispatcher. */
  public static Behavior<Command> create(WorkerResources resources) {
    return StepWorker.create(Command.class, request -> run(resources, request));
  }

  private static ReplicateEvent run(WorkerResources resources, Command request) {
    return request instanceof Initialize initialize
        ? initialize(resources, initialize)
        : prepare(resources, (Prepare) request);
  }

  private static WeightsInitialized initialize(WorkerResources resources, Initialize request) {
    InitialTicket start = StartingPoints.initial(request.campaign(), request.replicate());
    return new WeightsInitialized(
        resources.artifacts().put(start.theta0().encode()),
        resources.artifacts().put(start.mask().encode()),
        start.mask().density(),
        resources.clock().instant());
  }

  private static TrialPrepared prepare(WorkerResources resources, Prepare request) {
    ChainRefs refs = request.chain();
    StartingPoint start =
        StartingPoints.prepare(
            request.campaign(),
            request.replicate(),
            request.step().round(),
            request.step().arm(),
            chain(resources, refs),
            resources.mask(refs.mask()));
    TrainingPosition position = start.position();
    boolean fresh = position.optimizer().equals(OptimizerState.FRESH);
    return new TrialPrepared(
        request.step().round(),
        request.step().arm(),
        new TrialStart(
            resources.artifacts().put(position.weights().encode()),
            resources.artifacts().put(start.mask().encode()),
            position.iteration(),
            fresh ? Optional.empty() : refs.rewindPoint()),
        start.mask().density(),
        request.engine().orElseGet(() -> engine(request.campaign(), start.mask())),
        resources.clock().instant());
  }

  private static EngineName engine(CampaignSpec campaign, Mask mask) {
    return EngineSelection.STANDARD.choose(campaign.training().engine(), mask.network(), mask);
  }

  private static ChainArtifacts chain(WorkerResources resources, ChainRefs refs) {
    Weights theta0 = resources.weights(refs.theta0());
    return new ChainArtifacts(
        theta0,
        refs.rewindPoint().map(ref -> resources.checkpoint(ref).position()),
        refs.previous().map(resources::weights),
        refs.dense().map(ref -> new WeightChange(theta0, resources.weights(ref))));
  }
}
