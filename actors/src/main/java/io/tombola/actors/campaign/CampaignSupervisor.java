package io.tombola.actors.campaign;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.SignalHandler;
import io.tombola.actors.WorkerResources;
import io.tombola.actors.failure.FailureClassifier;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressStream;
import io.tombola.actors.replicate.ReplicateOutcome;
import io.tombola.actors.replicate.Supervisor;
import io.tombola.actors.replicate.Workers;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.CampaignEvent.ReplicateAbandoned;
import io.tombola.protocol.event.CampaignEvent.ReplicateCompleted;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.CampaignState.ControlState;
import io.tombola.protocol.state.ControlDecision;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.JournalUnavailableException;
import io.tombola.storage.lock.StoreInUseException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Runs a campaign: starts one {@link Supervisor} for each replicate that is not completed, and
 * stops them while the user has the campaign paused. The failure of one replicate never stops
 * another, unless it concerns all of them.
 */
public final class CampaignSupervisor
    extends EventSourcedBehavior<CampaignSupervisor.Command, CampaignEvent, CampaignState> {

  /** Messages to a campaign supervisor. */
  public sealed interface Command permits ControlCommand, Stop, Begin, ReplicateEnded, Settle {}

  /** Stop training at the next slice, persist checkpoints, and end. */
  public record Stop() implements Command {}

  private record Begin() implements Command {}

  private record ReplicateEnded(int replicate, ReplicateOutcome outcome) implements Command {}

  /** No replicate runs: decide by phase and state what comes next. */
  private record Settle() implements Command {}

  /**
   * What a campaign supervisor is created with.
   *
   * @param provenance what this process runs on
   * @param policy what is retried, and how often
   * @param parent receives the outcome once
   */
  public record Settings(
      CampaignSpec campaign,
      Provenance provenance,
      Workers workers,
      WorkerResources resources,
      FailurePolicy policy,
      ActorRef<CampaignOutcome> parent) {}

  private enum Phase {
    /** Until the first event of this process is persisted; other commands are stashed. */
    RECOVERING,
    /** Replicates run; once all have ended the campaign must be settled. */
    RUNNING,
    /** No replicate starts until all have ended; the state then says whether they start again. */
    RECALLING,
    /** No replicate runs until the user resumes the campaign. */
    PAUSED,
    /** Replicates stop, on request or by a failure; once all have ended the run ends. */
    STOPPING
  }

  private final ActorContext<Command> context;
  private final Settings settings;
  private final ProgressStream progress;
  private final ActorRef<Supervisor.Ended> ended;
  private final RunningReplicates running = new RunningReplicates();
  private Phase phase = Phase.RECOVERING;
  private Optional<TrialFailure> stoppedBy = Optional.empty();

  /** The behavior; tells its parent the outcome, then stops. */
  public static Behavior<Command> create(Settings settings) {
    return FatalErrorInterceptor.around(
        Behaviors.setup(context -> new CampaignSupervisor(context, settings)));
  }

  private CampaignSupervisor(ActorContext<Command> context, Settings settings) {
    super(PersistenceId.ofUniqueId(JournalId.campaign(settings.campaign().name())));
    this.context = context;
    this.settings = settings;
    this.progress = new ProgressStream(context.getSystem());
    this.ended =
        context.messageAdapter(
            Supervisor.Ended.class, end -> new ReplicateEnded(end.replicate(), end.outcome()));
  }

  @Override
  public CampaignState emptyState() {
    return CampaignState.EMPTY;
  }

  @Override
  public SignalHandler<CampaignState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), state -> context.getSelf().tell(new Begin()))
        .onSignal(Terminated.class, (state, end) -> supervisorTerminated(end))
        .build();
  }

  @Override
  public CommandHandler<Command, CampaignEvent, CampaignState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Begin.class, (state, begin) -> begin(state))
        .onCommand(command -> phase == Phase.RECOVERING, command -> Effect().stash())
        .onCommand(ReplicateEnded.class, (state, end) -> replicateEnded(end))
        .onCommand(ControlCommand.class, this::control)
        .onCommand(Stop.class, (state, stop) -> stop())
        .onCommand(Settle.class, (state, settle) -> settle(state))
        .build();
  }

  @Override
  public EventHandler<CampaignState, CampaignEvent> eventHandler() {
    return newEventHandlerBuilder().forAnyState().onAnyEvent(CampaignState::apply);
  }

  private Effect<CampaignEvent, CampaignState> begin(CampaignState state) {
    if (state.spec().isEmpty()) {
      return begin(new CampaignStarted(settings.campaign(), settings.provenance(), now()));
    }
    if (!state.spec().get().sameQuestion(campaign(state))) {
      throw new IllegalStateException("the store holds another campaign of this name");
    }
    if (state.finishedAt().isPresent() && state.abandoned().isEmpty()) {
      return conclude(CampaignOutcome.Kind.FINISHED);
    }
    return begin(new CampaignRestarted(settings.provenance(), now()));
  }

  /** Stashed commands are handled before the first replicate starts. */
  private Effect<CampaignEvent, CampaignState> begin(CampaignEvent first) {
    return Effect()
        .persist(first)
        .thenRun(
            state -> {
              phase = Phase.RECALLING;
              settleIfIdle();
            })
        .thenUnstashAll();
  }

  private Effect<CampaignEvent, CampaignState> control(
      CampaignState state, ControlCommand command) {
    ControlDecision decision = command.decide(state, now());
    if (decision instanceof ControlDecision.Accepted accepted) {
      return Effect().persist(accepted.event()).thenRun(this::controlled);
    }
    context.getLog().info("{} changes nothing: {}", command, decision);
    return Effect().none();
  }

  private void controlled(CampaignState state) {
    if (phase == Phase.RUNNING && state.hold().isPresent()) {
      phase = Phase.RECALLING;
      running.stopAll();
    }
    settleIfIdle();
  }

  private Effect<CampaignEvent, CampaignState> stop() {
    phase = Phase.STOPPING;
    running.stopAll();
    settleIfIdle();
    return Effect().none();
  }

  private Effect<CampaignEvent, CampaignState> replicateEnded(ReplicateEnded end) {
    if (!running.ended(end.replicate())) {
      // A supervisor that failed after it had reported its outcome.
      settleIfIdle();
      return Effect().none();
    }
    if (end.outcome() instanceof ReplicateOutcome.Completed) {
      return Effect()
          .persist(new ReplicateCompleted(end.replicate(), now()))
          .thenRun(after -> settleIfIdle());
    }
    if (end.outcome() instanceof ReplicateOutcome.Abandoned abandoned) {
      return Effect()
          .persist(new ReplicateAbandoned(end.replicate(), abandoned.failure(), now()))
          .thenRun(after -> settleIfIdle());
    }
    if (end.outcome() instanceof ReplicateOutcome.StoppedByFailure stopped && stoppedBy.isEmpty()) {
      stoppedBy = Optional.of(stopped.failure());
      return stop();
    }
    settleIfIdle();
    return Effect().none();
  }

  private void supervisorTerminated(Terminated end) {
    // One handler for both: with two, Akka would call the one that was added last.
    if (end instanceof ChildFailed failure) {
      supervisorFailed(failure);
    } else {
      running.terminated(end.getRef());
      settleIfIdle();
    }
  }

  /** A supervisor that fails has reported no outcome. */
  private void supervisorFailed(ChildFailed end) {
    if (isJournalFailure(end.getCause())) {
      // It concerns every replicate; the same command resumes the campaign.
      throw new IllegalStateException("the journal cannot be written", end.getCause());
    }
    context.getLog().error("{} failed", end.getRef(), end.getCause());
    ReplicateOutcome outcome = ReplicateOutcome.ofCrash(FailureClassifier.of(end.getCause()));
    running
        .terminated(end.getRef())
        .ifPresent(replicate -> context.getSelf().tell(new ReplicateEnded(replicate, outcome)));
  }

  private static boolean isJournalFailure(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof JournalUnavailableException
                    || cause instanceof StoreInUseException);
  }

  private void settleIfIdle() {
    if (running.isEmpty()) {
      context.getSelf().tell(new Settle());
    }
  }

  private Effect<CampaignEvent, CampaignState> settle(CampaignState state) {
    if (!running.isEmpty()) {
      // Replicates have started since.
      return Effect().none();
    }
    if (state.finishedAt().isPresent()) {
      return conclude(CampaignOutcome.Kind.FINISHED);
    }
    if (is(state, ControlState.CANCELLED)) {
      return conclude(CampaignOutcome.Kind.CANCELLED);
    }
    if (state.settled()) {
      return Effect().persist(new CampaignFinished(now())).thenRun(after -> settleIfIdle());
    }
    return switch (phase) {
      case STOPPING ->
          conclude(
              stoppedBy.isPresent()
                  ? CampaignOutcome.Kind.STOPPED_BY_FAILURE
                  : CampaignOutcome.Kind.INTERRUPTED);
      case RECALLING, PAUSED ->
          Effect()
              .none()
              .thenRun(is(state, ControlState.PAUSED) ? this::pause : this::startReplicates);
      case RECOVERING, RUNNING ->
          throw new IllegalStateException(
              "expected a campaign that is settled once no replicate runs, found " + state);
    };
  }

  private static boolean is(CampaignState state, ControlState hold) {
    return state.hold().equals(Optional.of(hold));
  }

  private void pause(CampaignState state) {
    if (phase != Phase.PAUSED) {
      phase = Phase.PAUSED;
      progress.publish(new Progress.CampaignPaused(settings.campaign().name()));
    }
  }

  private void startReplicates(CampaignState state) {
    if (phase == Phase.PAUSED) {
      progress.publish(new Progress.CampaignResumed(settings.campaign().name()));
    }
    phase = Phase.RUNNING;
    IntStream.rangeClosed(1, settings.campaign().replicates())
        .filter(replicate -> !state.completed().contains(replicate))
        .filter(replicate -> !state.abandoned().containsKey(replicate))
        .forEach(replicate -> start(campaign(state), replicate));
  }

  /** The campaign as the journal says it began. */
  private CampaignSpec campaign(CampaignState state) {
    return settings.campaign().asBegun(state.spec().orElseThrow());
  }

  private void start(CampaignSpec campaign, int replicate) {
    ActorRef<Supervisor.Command> supervisor =
        context.spawn(
            Supervisor.create(
                new Supervisor.Settings(
                    campaign,
                    replicate,
                    settings.workers(),
                    settings.resources(),
                    settings.policy(),
                    ended)),
            "replicate-" + replicate);
    context.watch(supervisor);
    running.started(replicate, supervisor);
  }

  private Effect<CampaignEvent, CampaignState> conclude(CampaignOutcome.Kind kind) {
    return Effect()
        .none()
        .thenRun(
            (CampaignState state) ->
                settings.parent().tell(new CampaignOutcome(kind, state, stoppedBy)))
        .thenStop();
  }

  private Instant now() {
    return settings.resources().clock().instant();
  }
}
