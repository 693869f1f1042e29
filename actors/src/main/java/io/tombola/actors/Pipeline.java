package io.tombola.actors;

import akka.Done;
import akka.actor.BootstrapSetup;
import akka.actor.CoordinatedShutdown;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.eventstream.EventStream;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.campaign.CampaignSupervisor;
import io.tombola.actors.campaign.ControlCommand;
import io.tombola.actors.campaign.IdleCampaign;
import io.tombola.actors.campaign.Workers;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.actors.round.Evaluator;
import io.tombola.actors.round.Pruner;
import io.tombola.actors.round.Rewinder;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.JournalListener;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.akka.JournalSetup;
import io.tombola.storage.journal.akka.StoreConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One campaign on one store, from the first message to the last. Thread-safe.
 *
 * <p>The caller holds the store's lock for as long as the pipeline lives, and closes it.
 */
public final class Pipeline implements AutoCloseable {

  /**
   * What a pipeline is made of.
   *
   * @param devices such as {@code cpu:0}
   * @param trainers makes the trainer of a device
   * @param policy what is retried, and how often
   * @param listener hears the news
   */
  public record Settings(
      StoreLayout store,
      WorkerResources bench,
      List<String> devices,
      DevicePool.TrainerFactory trainers,
      FailurePolicy policy,
      ProgressListener listener) {}

  private sealed interface Command {}

  private record Stop() implements Command {}

  private record ControlRequested(String campaign, ControlCommand order) implements Command {}

  private record IdleCampaignTerminated(String campaign) implements Command {}

  private record Ping(Runnable answer) implements Command {}

  private record Concluded(CampaignOutcome outcome) implements Command {}

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);
  private static final int UNANSWERED = 12;

  private final ActorSystem<Command> system;
  private final CompletableFuture<CampaignOutcome> outcome;
  private final ActorSystemWatchdog pulse;

  private Pipeline(ActorSystem<Command> system, CompletableFuture<CampaignOutcome> outcome) {
    this.system = system;
    this.outcome = outcome;
    this.pulse =
        new ActorSystemWatchdog(
            answer -> system.tell(new Ping(answer)),
            outcome::completeExceptionally,
            BETWEEN_QUESTIONS,
            UNANSWERED);
  }

  /** Starts or resumes {@code campaign}. */
  public static Pipeline start(Settings settings, CampaignSpec campaign, Provenance provenance) {
    return start(settings, campaign, provenance, JournalListener.NONE);
  }

  /** Starts or resumes {@code campaign}; {@code journal} hears of what is written. */
  public static Pipeline start(
      Settings settings, CampaignSpec campaign, Provenance provenance, JournalListener journal) {
    Config config = StoreConfig.of(settings.store()).withFallback(ConfigFactory.load());
    Pipeline pipeline =
        start(
            settings,
            campaign,
            provenance,
            ActorSystemSetup.create(BootstrapSetup.create(config), new JournalSetup(journal)));
    pipeline.pulse.start();
    return pipeline;
  }

  /**
   * Starts or resumes {@code campaign} in an actor system of the caller's making, which has time of
   * its own: nobody feels its pulse.
   *
   * @param setup its configuration, which names the journal, and whatever else it is to have
   */
  public static Pipeline start(
      Settings settings, CampaignSpec campaign, Provenance provenance, ActorSystemSetup setup) {
    CompletableFuture<CampaignOutcome> outcome = new CompletableFuture<>();
    Behavior<Command> guardian =
        Behaviors.setup(context -> new Guardian(context, settings, campaign, provenance, outcome));
    ActorSystem<Command> system = ActorSystem.create(guardian, "tombola", setup);
    endWith(system, outcome);
    return new Pipeline(system, outcome);
  }

  /** Akka ends a system in which it meets a fatal error; nobody may wait for an outcome then. */
  private static void endWith(
      ActorSystem<Command> system, CompletableFuture<CampaignOutcome> outcome) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "nobody-waits",
            () -> {
              outcome.completeExceptionally(new ActorSystemTerminatedException());
              return CompletableFuture.completedFuture(Done.getInstance());
            });
  }

  /** Completes when the campaign's work in this process has ended; fails on an internal error. */
  public CompletionStage<CampaignOutcome> outcome() {
    return outcome.minimalCompletionStage();
  }

  /** Asks trainers to stop at their next slice; {@link #outcome} then says interrupted. */
  public void stop() {
    system.tell(new Stop());
  }

  /**
   * Has a campaign of the store, this one or another, follow what its user wants of it; the journal
   * tells whether it does. Returns at once.
   */
  public void order(String name, ControlCommand order) {
    system.tell(new ControlRequested(name, order));
  }

  /**
   * Ends the actor system and waits until it has ended; not for ever, since an actor whose thread
   * ended by a fatal error never stops.
   */
  @Override
  public void close() {
    pulse.close();
    system.terminate();
    CompletableFuture<Boolean> ended =
        system.getWhenTerminated().thenApply(done -> true).toCompletableFuture();
    if (!ended.completeOnTimeout(false, GRACE.toMillis(), TimeUnit.MILLISECONDS).join()) {
      LOG.error("the actor system did not end within {}", GRACE);
    }
  }

  private static final class Guardian extends AbstractBehavior<Command> {

    private final ActorRef<CampaignSupervisor.Command> campaign;
    private final CompletableFuture<CampaignOutcome> outcome;
    private final String name;
    private final Clock clock;
    private final Map<String, ActorRef<ControlCommand>> clerks = new HashMap<>();

    Guardian(
        ActorContext<Command> context,
        Settings settings,
        CampaignSpec spec,
        Provenance provenance,
        CompletableFuture<CampaignOutcome> outcome) {
      super(context);
      this.outcome = outcome;
      this.name = spec.name();
      this.clock = settings.bench().clock();
      context
          .getSystem()
          .eventStream()
          .tell(
              new EventStream.Subscribe<>(
                  Progress.class,
                  context.spawn(
                      FatalErrorInterceptor.around(relay(settings.listener())), "progress")));
      this.campaign =
          context.spawn(
              CampaignSupervisor.create(
                  new CampaignSupervisor.Settings(
                      spec,
                      provenance,
                      crew(context, settings),
                      settings.bench(),
                      settings.policy(),
                      context.messageAdapter(CampaignOutcome.class, Concluded::new))),
              "campaign");
      context.watch(campaign);
    }

    private static Workers crew(ActorContext<Command> context, Settings settings) {
      WorkerResources bench = settings.bench();
      DispatcherSelector steps = DispatcherSelector.fromConfig("tombola.steps-dispatcher");
      return new Workers(
          hire(
              context,
              context.spawn(
                  FatalErrorInterceptor.around(
                      DevicePool.create(settings.devices(), settings.trainers())),
                  "devices")),
          hire(
              context,
              context.spawn(FatalErrorInterceptor.around(Pruner.create(bench)), "pruner", steps)),
          hire(
              context,
              context.spawn(
                  FatalErrorInterceptor.around(Rewinder.create(bench)), "rewinder", steps)),
          hire(
              context,
              context.spawn(
                  FatalErrorInterceptor.around(Evaluator.create(bench)), "evaluator", steps)));
    }

    /** Nothing goes on without any of the crew. */
    private static <T> ActorRef<T> hire(ActorContext<Command> context, ActorRef<T> member) {
      context.watch(member);
      return member;
    }

    private static Behavior<Progress> relay(ProgressListener listener) {
      return Behaviors.receive(Progress.class)
          .onAnyMessage(
              news -> {
                listener.on(news);
                return Behaviors.same();
              })
          .build();
    }

    @Override
    public Receive<Command> createReceive() {
      return newReceiveBuilder()
          .onMessage(
              Stop.class,
              stop -> {
                campaign.tell(new CampaignSupervisor.Stop());
                return this;
              })
          .onMessage(ControlRequested.class, this::ordered)
          .onMessage(
              IdleCampaignTerminated.class,
              gone -> {
                clerks.remove(gone.campaign());
                return this;
              })
          .onMessage(
              Ping.class,
              question -> {
                question.answer().run();
                return this;
              })
          .onMessage(
              Concluded.class,
              concluded -> {
                outcome.complete(concluded.outcome());
                return this;
              })
          .onSignal(ChildFailed.class, this::crashed)
          .onSignal(Terminated.class, end -> this)
          .build();
    }

    private Behavior<Command> ordered(ControlRequested ordered) {
      if (ordered.campaign().equals(name)) {
        campaign.tell(ordered.order());
      } else {
        clerks.computeIfAbsent(ordered.campaign(), this::hireClerk).tell(ordered.order());
      }
      return this;
    }

    /** What becomes of another campaign is no trouble of this one. */
    private ActorRef<ControlCommand> hireClerk(String other) {
      ActorRef<ControlCommand> clerk =
          getContext().spawnAnonymous(IdleCampaign.create(other, clock));
      getContext().watchWith(clerk, new IdleCampaignTerminated(other));
      return clerk;
    }

    private Behavior<Command> crashed(ChildFailed death) {
      getContext().getLog().error("{} failed", death.getRef(), death.getCause());
      outcome.completeExceptionally(death.getCause());
      return this;
    }
  }
}
