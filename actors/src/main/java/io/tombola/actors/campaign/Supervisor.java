package io.tombola.actors.campaign;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.tombola.actors.WorkerResources;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.actors.round.Step;
import io.tombola.actors.round.StepReply;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Instant;
import java.util.Optional;

/**
 * Leads one replicate: asks {@link ReplicatePlan} what comes next, has the crew do it, and persists
 * what happened before acting on it. Steps in flight are known to memory only: after a crash the
 * plan names them again.
 */
public final class Supervisor
    extends EventSourcedBehavior<Supervisor.Command, ReplicateEvent, ReplicateState> {

  /** What it can be told. */
  public sealed interface Command {}

  /** Stop training at the next slice, persisted, and end. */
  public record Stop() implements Command {}

  private record Begin() implements Command {}

  private record StepReplied(StepReply reply) implements Command {}

  private record PoolReplied(DevicePool.Reply reply) implements Command {}

  private record TrainerReported(Trainer.Report report) implements Command {}

  /** Do a step that failed again. */
  record RetryStep(Step step) implements Command {}

  private record Settle() implements Command {}

  /** Tells the parent that this replicate's supervisor is done. */
  public record Ended(int replicate, ReplicateOutcome ending) {}

  /** What a supervisor is made for. */
  public record Settings(
      CampaignSpec campaign,
      int replicate,
      Workers crew,
      WorkerResources bench,
      FailurePolicy policy,
      ActorRef<Ended> parent) {

    ReplicateId id() {
      return new ReplicateId(campaign.name(), replicate);
    }
  }

  private static final int EVENTS_A_SNAPSHOT = 100;

  private final ActorContext<Command> context;
  private final Settings assignment;
  private final ReplicateProgress news;
  private final StepsInFlight work;
  private final FailureHandler failures;
  private final TrainingCoordinator trainings;

  /** The behavior; tells its parent once how it ended, then stops. */
  public static Behavior<Command> create(Settings assignment) {
    return FatalErrorInterceptor.around(
        Behaviors.setup(
            context ->
                Behaviors.withTimers(timers -> new Supervisor(context, timers, assignment))));
  }

  private Supervisor(
      ActorContext<Command> context, TimerScheduler<Command> timers, Settings assignment) {
    super(PersistenceId.ofUniqueId(JournalId.replicate(assignment.id())));
    this.context = context;
    this.assignment = assignment;
    this.news = new ReplicateProgress(context.getSystem().eventStream(), assignment.id());
    DeviceLeases devices = deviceDesk();
    this.work =
        new StepsInFlight(stepDesk(), devices, timers, () -> context.getSelf().tell(new Settle()));
    this.failures = new FailureHandler(assignment.policy(), work, news, assignment.bench().clock());
    this.trainings = new TrainingCoordinator(assignment, devices, work, failures);
  }

  private StepDispatcher stepDesk() {
    return new StepDispatcher(
        assignment.campaign(),
        assignment.replicate(),
        assignment.crew(),
        context.messageAdapter(StepReply.class, StepReplied::new));
  }

  private DeviceLeases deviceDesk() {
    return new DeviceLeases(
        assignment.campaign(),
        assignment.replicate(),
        assignment.crew().pool(),
        context.messageAdapter(DevicePool.Reply.class, PoolReplied::new),
        context.messageAdapter(Trainer.Report.class, TrainerReported::new));
  }

  @Override
  public ReplicateState emptyState() {
    return ReplicateState.EMPTY;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    // Events stay: the publisher and readers follow them from the first.
    return RetentionCriteria.snapshotEvery(EVENTS_A_SNAPSHOT, 2);
  }

  @Override
  public CommandHandler<Command, ReplicateEvent, ReplicateState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Begin.class, (state, begin) -> begin(state))
        .onCommand(StepReplied.class, (state, answer) -> react(answered(answer.reply())))
        .onCommand(PoolReplied.class, (state, loan) -> react(trainings.lent(state, loan.reply())))
        .onCommand(
            TrainerReported.class, (state, r) -> react(trainings.reported(state, r.report())))
        .onCommand(RetryStep.class, (state, again) -> react(again(again.step())))
        .onCommand(Settle.class, (state, settle) -> settle(state))
        .onCommand(Stop.class, (state, stop) -> stop())
        .build();
  }

  @Override
  public EventHandler<ReplicateState, ReplicateEvent> eventHandler() {
    return newEventHandlerBuilder().forAnyState().onAnyEvent(ReplicateState::apply);
  }

  @Override
  public SignalHandler<ReplicateState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), state -> context.getSelf().tell(new Begin()))
        .build();
  }

  private Effect<ReplicateEvent, ReplicateState> begin(ReplicateState state) {
    return state.campaign().isPresent()
        ? Effect().none().thenRun(work::proceed)
        : Effect()
            .persist(new ReplicateStarted(assignment.campaign(), assignment.replicate(), now()))
            .thenRun(work::proceed);
  }

  private Effect<ReplicateEvent, ReplicateState> react(EventAndEffect reaction) {
    return reaction.event().isPresent()
        ? Effect().persist(reaction.event().get()).thenRun(reaction.then()::accept)
        : Effect().none().thenRun(reaction.then()::accept);
  }

  private EventAndEffect answered(StepReply reply) {
    if (reply instanceof StepReply.Failed failed) {
      return failures.failed(reply.step(), failed.failure());
    }
    ReplicateEvent event = ((StepReply.Done) reply).event();
    return EventAndEffect.persist(
        event,
        after -> {
          news.announce(after, event);
          work.done(after, reply.step());
        });
  }

  private EventAndEffect again(Step step) {
    return EventAndEffect.of(state -> work.again(state, step));
  }

  private Effect<ReplicateEvent, ReplicateState> stop() {
    work.halt(new ReplicateOutcome.Stopped());
    return Effect().none().thenRun(work::proceed);
  }

  /** Nothing is in flight and nothing can be issued: the replicate's work has ended. */
  private Effect<ReplicateEvent, ReplicateState> settle(ReplicateState state) {
    if (work.ends()) {
      return conclude(work.ending().orElseThrow());
    }
    Optional<TrialFailure> broken = ReplicatePlan.brokenChain(state);
    if (broken.isPresent()) {
      return conclude(new ReplicateOutcome.Abandoned(broken.get()));
    }
    if (!ReplicatePlan.complete(state)) {
      throw new IllegalStateException("no step is left, but trials are: " + state);
    }
    return state.finished()
        ? conclude(new ReplicateOutcome.Completed())
        : Effect()
            .persist(new ReplicateFinished(now()))
            .thenRun(after -> context.getSelf().tell(new Settle()));
  }

  private Effect<ReplicateEvent, ReplicateState> conclude(ReplicateOutcome how) {
    return Effect()
        .none()
        .thenRun(state -> assignment.parent().tell(new Ended(assignment.replicate(), how)))
        .thenStop();
  }

  private Instant now() {
    return assignment.bench().clock().instant();
  }
}
