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
import io.tombola.actors.Workbench;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.failure.ErrorGuard;
import io.tombola.actors.failure.FailurePolicy;
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

  private record Answered(StepReply reply) implements Command {}

  private record Lent(DevicePool.Reply reply) implements Command {}

  private record Reported(Trainer.Report report) implements Command {}

  /** Do a step that failed again. */
  record Again(Step step) implements Command {}

  private record Settle() implements Command {}

  /** Tells the parent that this replicate's supervisor is done. */
  public record Ended(int replicate, Ending ending) {}

  /** What a supervisor is made for. */
  public record Assignment(
      CampaignSpec campaign,
      int replicate,
      Crew crew,
      Workbench bench,
      FailurePolicy policy,
      ActorRef<Ended> parent) {

    ReplicateId id() {
      return new ReplicateId(campaign.name(), replicate);
    }
  }

  private static final int EVENTS_A_SNAPSHOT = 100;

  private final ActorContext<Command> context;
  private final Assignment assignment;
  private final NewsDesk news;
  private final StepsInFlight work;
  private final FailureDesk failures;
  private final TrainingDesk trainings;

  /** The behavior; tells its parent once how it ended, then stops. */
  public static Behavior<Command> create(Assignment assignment) {
    return ErrorGuard.around(
        Behaviors.setup(
            context ->
                Behaviors.withTimers(timers -> new Supervisor(context, timers, assignment))));
  }

  private Supervisor(
      ActorContext<Command> context, TimerScheduler<Command> timers, Assignment assignment) {
    super(PersistenceId.ofUniqueId(JournalId.replicate(assignment.id())));
    this.context = context;
    this.assignment = assignment;
    this.news = new NewsDesk(context.getSystem().eventStream(), assignment.id());
    DeviceDesk devices = deviceDesk();
    this.work =
        new StepsInFlight(stepDesk(), devices, timers, () -> context.getSelf().tell(new Settle()));
    this.failures = new FailureDesk(assignment.policy(), work, news, assignment.bench().clock());
    this.trainings = new TrainingDesk(assignment, devices, work, failures);
  }

  private StepDesk stepDesk() {
    return new StepDesk(
        assignment.campaign(),
        assignment.replicate(),
        assignment.crew(),
        context.messageAdapter(StepReply.class, Answered::new));
  }

  private DeviceDesk deviceDesk() {
    return new DeviceDesk(
        assignment.campaign(),
        assignment.replicate(),
        assignment.crew().pool(),
        context.messageAdapter(DevicePool.Reply.class, Lent::new),
        context.messageAdapter(Trainer.Report.class, Reported::new));
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
        .onCommand(Answered.class, (state, answer) -> react(answered(answer.reply())))
        .onCommand(Lent.class, (state, loan) -> react(trainings.lent(state, loan.reply())))
        .onCommand(Reported.class, (state, r) -> react(trainings.reported(state, r.report())))
        .onCommand(Again.class, (state, again) -> react(again(again.step())))
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

  private Effect<ReplicateEvent, ReplicateState> react(Reaction reaction) {
    return reaction.event().isPresent()
        ? Effect().persist(reaction.event().get()).thenRun(reaction.then()::accept)
        : Effect().none().thenRun(reaction.then()::accept);
  }

  private Reaction answered(StepReply reply) {
    if (reply instanceof StepReply.Failed failed) {
      return failures.failed(reply.step(), failed.failure());
    }
    ReplicateEvent event = ((StepReply.Done) reply).event();
    return Reaction.persist(
        event,
        after -> {
          news.announce(after, event);
          work.done(after, reply.step());
        });
  }

  private Reaction again(Step step) {
    return Reaction.of(state -> work.again(state, step));
  }

  private Effect<ReplicateEvent, ReplicateState> stop() {
    work.halt(new Ending.Stopped());
    return Effect().none().thenRun(work::proceed);
  }

  /** Nothing is in flight and nothing can be issued: the replicate's work has ended. */
  private Effect<ReplicateEvent, ReplicateState> settle(ReplicateState state) {
    if (work.ends()) {
      return conclude(work.ending().orElseThrow());
    }
    Optional<TrialFailure> broken = ReplicatePlan.brokenChain(state);
    if (broken.isPresent()) {
      return conclude(new Ending.Abandoned(broken.get()));
    }
    if (!ReplicatePlan.complete(state)) {
      throw new IllegalStateException("no step is left, but trials are: " + state);
    }
    return state.finished()
        ? conclude(new Ending.Completed())
        : Effect()
            .persist(new ReplicateFinished(now()))
            .thenRun(after -> context.getSelf().tell(new Settle()));
  }

  private Effect<ReplicateEvent, ReplicateState> conclude(Ending how) {
    return Effect()
        .none()
        .thenRun(state -> assignment.parent().tell(new Ended(assignment.replicate(), how)))
        .thenStop();
  }

  private Instant now() {
    return assignment.bench().clock().instant();
  }
}
