package io.tombola.actors.round;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.tombola.actors.Workbench;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.TrialStart;
import io.tombola.training.start.Chain;
import io.tombola.training.start.Start;
import io.tombola.training.start.Starts;
import io.tombola.training.start.TicketStart;

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
   * @param initialWeights θ0
   * @param mask the round's mask
   */
  public record Prepare(
      Step.Prepare step,
      CampaignSpec campaign,
      int replicate,
      ArtifactRef initialWeights,
      ArtifactRef mask,
      ActorRef<StepReply> replyTo)
      implements Command {}

  private Rewinder() {}

  /** The behavior; blocks on files, so it belongs on a blocking dispatcher. */
  public static Behavior<Command> create(Workbench bench) {
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

  private static WeightsInitialized initialize(Workbench bench, Initialize ask) {
    TicketStart start = Starts.initial(ask.campaign(), ask.replicate());
    return new WeightsInitialized(
        bench.artifacts().put(start.theta0().encode()),
        bench.artifacts().put(start.mask().encode()),
        start.mask().density(),
        bench.clock().instant());
  }

  private static TrialPrepared prepare(Workbench bench, Prepare ask) {
    Start start =
        Starts.prepare(
            ask.campaign(),
            ask.replicate(),
            ask.step().round(),
            ask.step().arm(),
            Chain.of(bench.weights(ask.initialWeights())),
            bench.mask(ask.mask()));
    return new TrialPrepared(
        ask.step().round(),
        ask.step().arm(),
        new TrialStart(
            bench.artifacts().put(start.weights().encode()),
            bench.artifacts().put(start.mask().encode())),
        start.mask().density(),
        bench.clock().instant());
  }
}
