package io.tombola.actors;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.Routers;
import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.campaign.CampaignSupervisor;
import io.tombola.actors.campaign.ControlCommand;
import io.tombola.actors.campaign.IdleCampaign;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.actors.progress.ProgressStream;
import io.tombola.actors.replicate.Workers;
import io.tombola.actors.round.Evaluator;
import io.tombola.actors.round.Pruner;
import io.tombola.actors.round.Rewinder;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.spec.CampaignSpec;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The root actor of a pipeline: spawns the workers and the campaign's supervisor, and completes the
 * outcome. The failure of any of them, of which none can be missed, fails the outcome.
 */
final class PipelineGuardian extends AbstractBehavior<PipelineGuardian.Command> {

  /** Messages to the guardian. */
  sealed interface Command {}

  /** Stop trainers at their next slice and end. */
  record Stop() implements Command {}

  /** Deliver {@code command} to a campaign of the store, this one or another. */
  record Control(String campaign, ControlCommand command) implements Command {}

  /** Reply at once. */
  record Ping(ActorRef<Pong> replyTo) implements Command {}

  /** The reply to {@link Ping}. */
  record Pong() {}

  private record IdleCampaignTerminated(String campaign) implements Command {}

  private record Concluded(CampaignOutcome outcome) implements Command {}

  /** What to run. */
  record Campaign(CampaignSpec spec, Provenance provenance) {}

  private final ActorRef<CampaignSupervisor.Command> supervisor;
  private final CompletableFuture<CampaignOutcome> outcome;
  private final String name;
  private final Clock clock;
  private final Map<String, ActorRef<ControlCommand>> idleCampaigns = new HashMap<>();

  static Behavior<Command> create(
      Pipeline.Settings settings, Campaign campaign, CompletableFuture<CampaignOutcome> outcome) {
    return Behaviors.setup(context -> new PipelineGuardian(context, settings, campaign, outcome));
  }

  private PipelineGuardian(
      ActorContext<Command> context,
      Pipeline.Settings settings,
      Campaign campaign,
      CompletableFuture<CampaignOutcome> outcome) {
    super(context);
    this.outcome = outcome;
    this.name = campaign.spec().name();
    this.clock = settings.resources().clock();
    new ProgressStream(context.getSystem())
        .subscribe(
            context.spawn(FatalErrorInterceptor.around(relay(settings.listener())), "progress"));
    this.supervisor =
        context.spawn(
            CampaignSupervisor.create(
                new CampaignSupervisor.Settings(
                    campaign.spec(),
                    campaign.provenance(),
                    workers(settings),
                    settings.resources(),
                    settings.policy(),
                    context.messageAdapter(CampaignOutcome.class, Concluded::new))),
            "campaign");
    context.watch(supervisor);
  }

  private Workers workers(Pipeline.Settings settings) {
    WorkerResources resources = settings.resources();
    ActorRef<DevicePool.Command> devices =
        getContext()
            .spawn(
                FatalErrorInterceptor.around(
                    DevicePool.create(settings.devices(), settings.trainers())),
                "devices");
    getContext().watch(devices);
    int workers = settings.stepWorkers();
    return new Workers(
        devices,
        stepWorkers(workers, Pruner.create(resources), "pruner"),
        stepWorkers(workers, Rewinder.create(resources), "rewinder"),
        stepWorkers(workers, Evaluator.create(resources), "evaluator"));
  }

  private <T> ActorRef<T> stepWorkers(int workers, Behavior<T> worker, String pool) {
    ActorRef<T> router =
        getContext()
            .spawn(
                FatalErrorInterceptor.around(
                    Routers.pool(workers, worker)
                        .withRouteeProps(
                            DispatcherSelector.fromConfig("tombola.steps-dispatcher"))),
                pool);
    getContext().watch(router);
    return router;
  }

  private static Behavior<Progress> relay(ProgressListener listener) {
    return Behaviors.receiveMessage(
        progress -> {
          listener.on(progress);
          return Behaviors.same();
        });
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Stop.class, stop -> stop())
        .onMessage(Control.class, this::control)
        .onMessage(IdleCampaignTerminated.class, this::idleCampaignTerminated)
        .onMessage(Ping.class, this::ping)
        .onMessage(Concluded.class, this::concluded)
        .onSignal(ChildFailed.class, this::childFailed)
        .onSignal(Terminated.class, end -> this)
        .build();
  }

  private Behavior<Command> stop() {
    supervisor.tell(new CampaignSupervisor.Stop());
    return this;
  }

  private Behavior<Command> control(Control control) {
    if (control.campaign().equals(name)) {
      supervisor.tell(control.command());
    } else {
      idleCampaigns
          .computeIfAbsent(control.campaign(), this::spawnIdleCampaign)
          .tell(control.command());
    }
    return this;
  }

  /** Watched with a message: the failure of another campaign must not fail this one. */
  private ActorRef<ControlCommand> spawnIdleCampaign(String other) {
    ActorRef<ControlCommand> idle = getContext().spawnAnonymous(IdleCampaign.create(other, clock));
    getContext().watchWith(idle, new IdleCampaignTerminated(other));
    return idle;
  }

  private Behavior<Command> idleCampaignTerminated(IdleCampaignTerminated terminated) {
    idleCampaigns.remove(terminated.campaign());
    return this;
  }

  private Behavior<Command> ping(Ping ping) {
    ping.replyTo().tell(new Pong());
    return this;
  }

  private Behavior<Command> concluded(Concluded concluded) {
    outcome.complete(concluded.outcome());
    return this;
  }

  private Behavior<Command> childFailed(ChildFailed failure) {
    getContext().getLog().error("{} failed", failure.getRef(), failure.getCause());
    outcome.completeExceptionally(failure.getCause());
    return this;
  }
}
