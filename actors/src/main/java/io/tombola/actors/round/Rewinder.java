package io.tombola.actors.round;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.tombola.actors.WorkerResources;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
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

/** Makes the start of a training: θ0, the survivors rewound to it, or a control's own draw. */
public final class Rewinder {

  /** What it can be asked. */
  public sealed interface Command {}

  /** Draw θ0 and the all-ones mask. */
  public record Initialize(
      Step.Initialize step, CampaignSpec campaign, int replicate, ActorRef<StepReply> replyTo)
      implements Command {}

  /**
   * Prepare a trial.
   *
   * @param chain what its start is made of
   * @param engine what is to compute it; empty: what the rule says
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
   * What a start is made of, as far as the trial needs it; see {@link ChainArtifacts}.
   *
   * @param theta0 the replicate's first weights
   * @param mask the round's mask
   * @param rewindPoint the point of the dense network's training that the round goes back to
   * @param previous final weights that the round goes on from
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
  public static Behavior<Command> create(WorkerResources bench) {
    return Behaviors.receive(Command.class)
        .onMessage(
            Initialize.class,
            ask -> {
              ask.replyTo().tell(StepReply.of(ask.step(), () -> initialize(bench, ask)));
              return Behaviors.same();
            })
        .onMessage(
            Prepare.class,
            ask -> {
              ask.replyTo().tell(StepReply.of(ask.step(), () -> prepare(bench, ask)));
              return Behaviors.same();
            })
        .build();
  }

  private static WeightsInitialized initialize(WorkerResources bench, Initialize ask) {
    InitialTicket start = StartingPoints.initial(ask.campaign(), ask.replicate());
    return new WeightsInitialized(
        bench.artifacts().put(start.theta0().encode()),
        bench.artifacts().put(start.mask().encode()),
        start.mask().density(),
        bench.clock().instant());
  }

  private static TrialPrepared prepare(WorkerResources bench, Prepare ask) {
    ChainRefs refs = ask.chain();
    StartingPoint start =
        StartingPoints.prepare(
            ask.campaign(),
            ask.replicate(),
            ask.step().round(),
            ask.step().arm(),
            chain(bench, refs),
            bench.mask(refs.mask()));
    TrainingPosition position = start.position();
    boolean fresh = position.optimizer().equals(OptimizerState.FRESH);
    return new TrialPrepared(
        ask.step().round(),
        ask.step().arm(),
        new TrialStart(
            bench.artifacts().put(position.weights().encode()),
            bench.artifacts().put(start.mask().encode()),
            position.iteration(),
            fresh ? Optional.empty() : refs.rewindPoint()),
        start.mask().density(),
        ask.engine().orElseGet(() -> engine(ask.campaign(), start.mask())),
        bench.clock().instant());
  }

  private static EngineName engine(CampaignSpec campaign, Mask mask) {
    return EngineSelection.STANDARD.choose(campaign.training().engine(), mask.network(), mask);
  }

  private static ChainArtifacts chain(WorkerResources bench, ChainRefs refs) {
    Weights theta0 = bench.weights(refs.theta0());
    return new ChainArtifacts(
        theta0,
        refs.rewindPoint().map(ref -> bench.checkpoint(ref).position()),
        refs.previous().map(bench::weights),
        refs.dense().map(ref -> new WeightChange(theta0, bench.weights(ref))));
  }
}
