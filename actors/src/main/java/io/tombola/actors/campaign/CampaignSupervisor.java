package io.tombola.actors.campaign;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.eventstream.EventStream;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Leads a campaign: one {@link Supervisor} for each replicate that is not completed, and none while
 * its user has it wait. One replicate's trouble never stops another, unless no replicate could go
 * on.
 */
public final class CampaignSupervisor
    extends EventSourcedBehavior<CampaignSupervisor.Command, CampaignEvent, CampaignState> {

  /** What it can be told. */
  public sealed interface Command permits ControlCommand, Stop, Begin, ReplicateEnded, Settle {}

  /** Stop at the next slice, persisted. */
  public record Stop() implements Command {}

  private record Begin() implements Command {}

  private record ReplicateEnded(int replicate, ReplicateOutcome ending) implements Command {}

  private record Settle() implements Command {}

  /**
   * What a campaign supervisor is made for.
   *
   * @param provenance what this process runs on
   * @param policy what is retried, and how often
   * @param parent is told the outcome once
   */
  public record Settings(
      CampaignSpec campaign,
      Provenance provenance,
      Workers crew,
      WorkerResources bench,
      FailurePolicy policy,
      ActorRef<CampaignOutcome> parent) {}

  private final ActorContext<Command> context;
  private final Settings mission;
  private final Map<Integer, ActorRef<Supervisor.Command>> atWork = new HashMap<>();
  // Who has told of the end may still be there, and what comes after it has the same log.
  private final Set<ActorRef<Void>> alive = new HashSet<>();
  private Optional<TrialFailure> pausedBy = Optional.empty();
  private boolean begun;
  private boolean recalled;
  private boolean waiting;
  private boolean stopping;

  /** The behavior; tells its parent the outcome, then stops. */
  public static Behavior<Command> create(Settings mission) {
    return FatalErrorInterceptor.around(
        Behaviors.setup(context -> new CampaignSupervisor(context, mission)));
  }

  private CampaignSupervisor(ActorContext<Command> context, Settings mission) {
    super(PersistenceId.ofUniqueId(JournalId.campaign(mission.campaign().name())));
    this.context = context;
    this.mission = mission;
  }

  @Override
  public CampaignState emptyState() {
    return CampaignState.EMPTY;
  }

  @Override
  public CommandHandler<Command, CampaignEvent, CampaignState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Begin.class, (state, begin) -> begin(state))
        .onCommand(ReplicateEnded.class, this::replicateEnded)
        .onCommand(Settle.class, (state, settle) -> settle(state))
        .onCommand(ControlCommand.class, this::ordered)
        .onCommand(Stop.class, (state, stop) -> stop())
        .build();
  }

  @Override
  public EventHandler<CampaignState, CampaignEvent> eventHandler() {
    return newEventHandlerBuilder().forAnyState().onAnyEvent(CampaignState::apply);
  }

  @Override
  public SignalHandler<CampaignState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), state -> context.getSelf().tell(new Begin()))
        .onSignal(Terminated.class, (state, end) -> supervisorGone(end))
        .build();
  }

  private Effect<CampaignEvent, CampaignState> begin(CampaignState state) {
    begun = true;
    if (state.spec().isEmpty()) {
      return Effect()
          .persist(new CampaignStarted(mission.campaign(), mission.provenance(), now()))
          .thenRun(this::goOn);
    }
    if (!state.spec().get().sameQuestion(campaign(state))) {
      throw new IllegalStateException("the store holds another campaign of this name");
    }
    if (state.finishedAt().isPresent() && state.abandoned().isEmpty()) {
      return conclude(CampaignOutcome.Kind.FINISHED);
    }
    return Effect().persist(new CampaignRestarted(mission.provenance(), now())).thenRun(this::goOn);
  }

  /** Puts supervisors to work, or none where the user or a signal has it otherwise. */
  private void goOn(CampaignState state) {
    recalled = stopping || state.hold().isPresent();
    if (recalled) {
      settleIfIdle();
    } else {
      startReplicates(state);
    }
  }

  private void startReplicates(CampaignState state) {
    if (waiting) {
      waiting = false;
      publish(new Progress.CampaignResumed(mission.campaign().name()));
    }
    IntStream.rangeClosed(1, mission.campaign().replicates())
        .filter(replicate -> !state.completed().contains(replicate))
        .filter(replicate -> !state.abandoned().containsKey(replicate))
        .forEach(replicate -> startReplicate(campaign(state), replicate));
    settleIfIdle();
  }

  /** What was asked, as the log says it began. */
  private CampaignSpec campaign(CampaignState state) {
    return mission.campaign().asBegun(state.spec().orElseThrow());
  }

  private void startReplicate(CampaignSpec campaign, int replicate) {
    ActorRef<Supervisor.Ended> ended =
        context.messageAdapter(
            Supervisor.Ended.class, end -> new ReplicateEnded(end.replicate(), end.ending()));
    ActorRef<Supervisor.Command> supervisor =
        context.spawn(
            Supervisor.create(
                new Supervisor.Settings(
                    campaign, replicate, mission.crew(), mission.bench(), mission.policy(), ended)),
            nameOf(replicate));
    context.watch(supervisor);
    atWork.put(replicate, supervisor);
    alive.add(supervisor.unsafeUpcast());
  }

  private static String nameOf(int replicate) {
    return "replicate-" + replicate;
  }

  /** One that ended in order has told so. */
  private void supervisorGone(Terminated end) {
    alive.remove(end.getRef());
    if (end instanceof ChildFailed death) {
      supervisorCrashed(death);
    } else {
      settleIfIdle();
    }
  }

  private void supervisorCrashed(ChildFailed death) {
    if (journalLost(death.getCause())) {
      // No replicate is to blame, and none can go on: the same command again does.
      throw new IllegalStateException("the journal takes nothing more", death.getCause());
    }
    TrialFailure failure = FailureClassifier.of(death.getCause());
    context.getLog().error("{} failed", death.getRef(), death.getCause());
    atWork.keySet().stream()
        .filter(replicate -> death.getRef().path().name().equals(nameOf(replicate)))
        .map(replicate -> new ReplicateEnded(replicate, ReplicateOutcome.ofCrash(failure)))
        .forEach(context.getSelf()::tell);
  }

  private static boolean journalLost(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof JournalUnavailableException
                    || cause instanceof StoreInUseException);
  }

  private Effect<CampaignEvent, CampaignState> replicateEnded(
      CampaignState state, ReplicateEnded end) {
    if (atWork.remove(end.replicate()) == null) {
      return Effect().none();
    }
    if (end.ending() instanceof ReplicateOutcome.Completed) {
      return Effect()
          .persist(new ReplicateCompleted(end.replicate(), now()))
          .thenRun(after -> settleIfIdle());
    }
    if (end.ending() instanceof ReplicateOutcome.Abandoned abandoned) {
      return Effect()
          .persist(new ReplicateAbandoned(end.replicate(), abandoned.failure(), now()))
          .thenRun(after -> settleIfIdle());
    }
    if (end.ending() instanceof ReplicateOutcome.Paused paused && pausedBy.isEmpty()) {
      pausedBy = Optional.of(paused.failure());
      stopAll();
    }
    settleIfIdle();
    return Effect().none();
  }

  private Effect<CampaignEvent, CampaignState> ordered(CampaignState state, ControlCommand order) {
    if (!begun) {
      // Begin is on its way; the campaign's first event comes first.
      context.getSelf().tell(order);
      return Effect().none();
    }
    ControlDecision ruling = order.decide(state, now());
    if (ruling instanceof ControlDecision.Accepted granted) {
      return Effect().persist(granted.event()).thenRun(this::follow);
    }
    context.getLog().info("{} changes nothing: {}", order, ruling);
    return Effect().none();
  }

  private void follow(CampaignState state) {
    if (state.hold().isPresent()) {
      recalled = true;
      stopAll();
    }
    settleIfIdle();
  }

  private Effect<CampaignEvent, CampaignState> stop() {
    stopping = true;
    stopAll();
    settleIfIdle();
    return Effect().none();
  }

  private void stopAll() {
    atWork.values().forEach(supervisor -> supervisor.tell(new Supervisor.Stop()));
  }

  private void settleIfIdle() {
    if (idle()) {
      context.getSelf().tell(new Settle());
    }
  }

  private boolean idle() {
    return atWork.isEmpty() && alive.isEmpty();
  }

  private Effect<CampaignEvent, CampaignState> settle(CampaignState state) {
    if (!idle()) {
      // They were put to work again since.
      return Effect().none();
    }
    if (state.finishedAt().isPresent()) {
      return conclude(CampaignOutcome.Kind.FINISHED);
    }
    if (is(state, ControlState.CANCELLED)) {
      return conclude(CampaignOutcome.Kind.CANCELLED);
    }
    if (state.settled()) {
      return Effect()
          .persist(new CampaignFinished(now()))
          .thenRun(after -> context.getSelf().tell(new Settle()));
    }
    if (pausedBy.isPresent()) {
      return conclude(CampaignOutcome.Kind.PAUSED);
    }
    if (stopping) {
      return conclude(CampaignOutcome.Kind.INTERRUPTED);
    }
    if (!recalled) {
      throw new IllegalStateException("no supervisor is at work, but the campaign is not settled");
    }
    return Effect().none().thenRun(is(state, ControlState.PAUSED) ? this::waitForUser : this::goOn);
  }

  private static boolean is(CampaignState state, ControlState hold) {
    return state.hold().equals(Optional.of(hold));
  }

  private void waitForUser(CampaignState state) {
    if (!waiting) {
      waiting = true;
      publish(new Progress.CampaignPaused(mission.campaign().name()));
    }
  }

  private void publish(Progress news) {
    context.getSystem().eventStream().tell(new EventStream.Publish<>(news));
  }

  private Effect<CampaignEvent, CampaignState> conclude(CampaignOutcome.Kind kind) {
    return Effect()
        .none()
        .thenRun(
            (CampaignState state) ->
                mission.parent().tell(new CampaignOutcome(kind, state, pausedBy)))
        .thenStop();
  }

  private Instant now() {
    return mission.bench().clock().instant();
  }
}
