package io.tombola.actors;

import akka.Done;
import akka.actor.BootstrapSetup;
import akka.actor.CoordinatedShutdown;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.campaign.ControlCommand;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.progress.ProgressListener;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.JournalListener;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.akka.JournalSetup;
import io.tombola.storage.journal.akka.StoreConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actor system that runs one campaign on one store. Thread-safe.
 *
 * <p>The caller holds the store's lock for as long as the pipeline exists, and closes the pipeline.
 */
public final class Pipeline implements AutoCloseable {

  /**
   * What a pipeline consists of.
   *
   * @param devices such as {@code cpu:0}
   * @param trainers creates the trainer of a device
   * @param policy what is retried, and how often
   * @param listener receives progress
   */
  public record Settings(
      StoreLayout store,
      WorkerResources resources,
      List<String> devices,
      DevicePool.TrainerFactory trainers,
      FailurePolicy policy,
      ProgressListener listener) {

    /**
     * Actors in each pool of pruners, rewinders and evaluators, and threads for all of them: one
     * per device, since as many trainings can end at once; bounded, since each reads a network.
     */
    int stepWorkers() {
      return Math.min(Math.max(devices.size(), MIN_STEP_WORKERS), MAX_STEP_WORKERS);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final int MIN_STEP_WORKERS = 2;
  private static final int MAX_STEP_WORKERS = 8;
  private static final String STEP_THREADS =
      "tombola.steps-dispatcher.thread-pool-executor.fixed-pool-size";
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PING_INTERVAL = Duration.ofSeconds(5);
  private static final int MAX_UNANSWERED_PINGS = 12;

  private final ActorSystem<PipelineGuardian.Command> system;
  private final CompletableFuture<CampaignOutcome> outcome;
  private final ActorSystemWatchdog watchdog;

  private Pipeline(
      ActorSystem<PipelineGuardian.Command> system, CompletableFuture<CampaignOutcome> outcome) {
    this.system = system;
    this.outcome = outcome;
    this.watchdog =
        new ActorSystemWatchdog(
            this::ping, outcome::completeExceptionally, PING_INTERVAL, MAX_UNANSWERED_PINGS);
  }

  private CompletionStage<PipelineGuardian.Pong> ping() {
    return AskPattern.ask(
        system,
        PipelineGuardian.Ping::new,
        PING_INTERVAL.multipliedBy(MAX_UNANSWERED_PINGS),
        system.scheduler());
  }

  /** Starts or resumes {@code campaign}; {@code journal} is notified of every write. */
  public static Pipeline start(
      Settings settings, CampaignSpec campaign, Provenance provenance, JournalListener journal) {
    Config config =
        ConfigFactory.parseMap(Map.of(STEP_THREADS, settings.stepWorkers()))
            .withFallback(StoreConfig.of(settings.store()))
            .withFallback(ConfigFactory.load());
    Pipeline pipeline =
        start(
            settings,
            campaign,
            provenance,
            ActorSystemSetup.create(BootstrapSetup.create(config), new JournalSetup(journal)));
    pipeline.watchdog.start();
    return pipeline;
  }

  /**
   * Starts or resumes {@code campaign} in an actor system that the caller configures; without a
   * watchdog, since the system may have a clock of its own.
   *
   * @param setup its configuration, which names the journal, and further settings
   */
  public static Pipeline start(
      Settings settings, CampaignSpec campaign, Provenance provenance, ActorSystemSetup setup) {
    CompletableFuture<CampaignOutcome> outcome = new CompletableFuture<>();
    ActorSystem<PipelineGuardian.Command> system =
        ActorSystem.create(
            PipelineGuardian.create(
                settings, new PipelineGuardian.Campaign(campaign, provenance), outcome),
            "tombola",
            setup);
    failOnTermination(system, outcome);
    return new Pipeline(system, outcome);
  }

  /** Akka terminates a system that meets a fatal error; the outcome must not stay open then. */
  private static void failOnTermination(
      ActorSystem<?> system, CompletableFuture<CampaignOutcome> outcome) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "fail-open-outcome",
            () -> {
              outcome.completeExceptionally(new ActorSystemTerminatedException());
              return CompletableFuture.completedFuture(Done.getInstance());
            });
  }

  /** Completes when the campaign's work in this process has ended; fails on an internal error. */
  public CompletionStage<CampaignOutcome> outcome() {
    return outcome.minimalCompletionStage();
  }

  /** Asks trainers to stop at their next slice; {@link #outcome} is then interrupted. */
  public void stop() {
    system.tell(new PipelineGuardian.Stop());
  }

  /**
   * Delivers a user's command to a campaign of the store, this one or another; the journal shows
   * whether the campaign accepted it. Returns at once.
   */
  public void control(String campaign, ControlCommand command) {
    system.tell(new PipelineGuardian.Control(campaign, command));
  }

  /**
   * Terminates the actor system and waits for its end, but only for a bounded time: an actor whose
   * thread ended by a fatal error never stops.
   */
  @Override
  public void close() {
    watchdog.close();
    system.terminate();
    CompletableFuture<Boolean> ended =
        system.getWhenTerminated().thenApply(done -> true).toCompletableFuture();
    if (!ended
        .completeOnTimeout(false, SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .join()) {
      LOG.error("the actor system did not end within {}", SHUTDOWN_TIMEOUT);
    }
  }
}
