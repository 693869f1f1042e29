package io.tombola.actors.replicate;

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
import io.tombola.actors.failure.FailureAction;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.failure.FatalErrorInterceptor;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressStream;
import io.tombola.actors.round.Step;
import io.tombola.actors.round.StepReply;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.CheckpointDropped;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.RewindPointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one replicate: asks {@link ReplicatePlan} which steps come next and issues them to workers
 * and devices. Command handlers only decide which event to persist; everything that follows an
 * event is in {@link SideEffects}. Steps in flight are in memory only: after a crash the plan names
 * them again.
 */
public final class Supervisor
    extends EventSourcedBehavior<Supervisor.Command, ReplicateEvent, ReplicateState> {

  /** Messages to a supervisor. */
  public sealed interface Command {}

  /** Stop training at the next slice, persist a checkpoint, and end. */
  public record Stop() implements Command {}

  private record Begin() implements Command {}

  private record StepReplied(StepReply reply) implements Command {}

  private record PoolReplied(DevicePool.Reply reply) implements Command {}

  private record TrainerReported(Trainer.Report report) implements Command {}

  /** Run a step that failed again. */
  record RetryStep(Step step) implements Command {}

  /** No step is in flight and none can be issued. */
  private record Settle() implements Command {}

  /** Tells the parent once how this replicate's work ended. */
  public record Ended(int replicate, ReplicateOutcome outcome) {}

  /** What a supervisor is created with. */
  public record Settings(
      CampaignSpec campaign,
      int replicate,
      Workers workers,
      WorkerResources resources,
      FailurePolicy policy,
      ActorRef<Ended> parent) {

    ReplicateId id() {
      return new ReplicateId(campaign.name(), replicate);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final int EVENTS_PER_SNAPSHOT = 100;

  private final ActorContext<Command> context;
  private final Settings settings;
  private final ProgressStream progress;
  private final DeviceLeases devices;
  private final StepsInFlight steps;
  private final StepFailures failures;
  private final SideEffects sideEffects;

  /** The behavior; tells its parent once how the replicate ended, then stops. */
  public static Behavior<Command> create(Settings settings) {
    return FatalErrorInterceptor.around(
        Behaviors.setup(
            context -> Behaviors.withTimers(timers -> new Supervisor(context, timers, settings))));
  }

  private Supervisor(
      ActorContext<Command> context, TimerScheduler<Command> timers, Settings settings) {
    super(PersistenceId.ofUniqueId(JournalId.replicate(settings.id())));
    this.context = context;
    this.settings = settings;
    this.progress = new ProgressStream(context.getSystem());
    this.devices =
        new DeviceLeases(
            settings.campaign(),
            settings.replicate(),
            settings.workers().pool(),
            context.messageAdapter(DevicePool.Reply.class, PoolReplied::new),
            context.messageAdapter(Trainer.Report.class, TrainerReported::new));
    StepDispatcher workers =
        new StepDispatcher(
            settings.campaign(),
            settings.replicate(),
            settings.workers(),
            context.messageAdapter(StepReply.class, StepReplied::new));
    this.steps = new StepsInFlight(workers, devices, timers);
    this.failures = new StepFailures(settings.policy());
    this.sideEffects = new SideEffects(settings, progress, devices, steps, failures);
  }

  @Override
  public ReplicateState emptyState() {
    return ReplicateState.EMPTY;
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    // Events are never deleted: the publisher and readers start at the first.
    return RetentionCriteria.snapshotEvery(EVENTS_PER_SNAPSHOT, 2);
  }

  @Override
  public SignalHandler<ReplicateState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), state -> context.getSelf().tell(new Begin()))
        .build();
  }

  @Override
  public CommandHandler<Command, ReplicateEvent, ReplicateState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Begin.class, (state, begin) -> begin(state))
        .onCommand(StepReplied.class, (state, message) -> stepReplied(state, message.reply()))
        .onCommand(PoolReplied.class, (state, message) -> poolReplied(state, message.reply()))
        .onCommand(TrainerReported.class, (state, m) -> trainerReported(state, m.report()))
        .onCommand(RetryStep.class, (state, retry) -> retry(retry.step()))
        .onCommand(Settle.class, (state, settle) -> settle(state))
        .onCommand(Stop.class, (state, stop) -> stop())
        .build();
  }

  @Override
  public EventHandler<ReplicateState, ReplicateEvent> eventHandler() {
    return newEventHandlerBuilder().forAnyState().onAnyEvent(ReplicateState::apply);
  }

  private Effect<ReplicateEvent, ReplicateState> begin(ReplicateState state) {
    return state.campaign().isPresent()
        ? Effect().none().thenRun(this::proceed)
        : persist(state, new ReplicateStarted(settings.campaign(), settings.replicate(), now()));
  }

  private Effect<ReplicateEvent, ReplicateState> stepReplied(
      ReplicateState state, StepReply reply) {
    return reply instanceof StepReply.Failed failed
        ? failed(state, reply.step(), failed.failure())
        : persist(state, ((StepReply.Done) reply).event());
  }

  private Effect<ReplicateEvent, ReplicateState> poolReplied(
      ReplicateState state, DevicePool.Reply reply) {
    Step.Train step = DeviceLeases.stepOf(reply.trial());
    if (reply instanceof DevicePool.Granted granted && devices.accept(step, granted)) {
      devices.train(state, step);
    } else if (reply instanceof DevicePool.Lost lost && devices.holds(step, lost.lease())) {
      devices.forget(step);
      return failed(
          state,
          step,
          new TrialFailure(
              TrialFailure.Kind.DEVICE_LOST, "the trainer of " + lost.lease().device() + " died"));
    } else if (reply instanceof DevicePool.NoDeviceAvailable none && devices.waitsFor(step)) {
      devices.forget(step);
      LOG.warn("{} failed: {}", step, none.failure());
      return end(step, new ReplicateOutcome.Abandoned(none.failure()));
    }
    return Effect().none();
  }

  private Effect<ReplicateEvent, ReplicateState> trainerReported(
      ReplicateState state, Trainer.Report report) {
    Step.Train step = DeviceLeases.stepOf(report.trial());
    if (!devices.holds(step)) {
      // A report under an earlier lease.
      return Effect().none();
    }
    if (report instanceof Trainer.CheckpointReached reached) {
      return saveCheckpoint(state, step, reached.checkpoint(), reached.computingMillis());
    }
    if (report instanceof Trainer.Stopped stopped) {
      devices.trainerStopped(step);
      return saveCheckpoint(state, step, stopped.checkpoint(), stopped.computingMillis());
    }
    if (report instanceof Trainer.RewindPointReached reached) {
      return persist(state, new RewindPointSaved(reached.point(), now()));
    }
    if (report instanceof Trainer.CheckpointUnusable unusable) {
      LOG.warn("{} starts again without its checkpoint: {}", unusable.trial(), unusable.why());
      return persist(
          state,
          new CheckpointDropped(step.round(), step.arm(), unusable.checkpoint().artifact(), now()));
    }
    if (report instanceof Trainer.Trained trained) {
      return persist(
          state,
          new TrialTrained(
              step.round(),
              step.arm(),
              trained.result(),
              Optional.of(devices.usage(step, trained.computingMillis())),
              now()));
    }
    return failed(state, step, ((Trainer.Failed) report).failure());
  }

  /** Persists a checkpoint, unless the journal has it already. */
  private Effect<ReplicateEvent, ReplicateState> saveCheckpoint(
      ReplicateState state, Step.Train step, CheckpointRef checkpoint, long computingMillis) {
    if (SideEffects.checkpointOf(state, step).equals(Optional.of(checkpoint))) {
      return Effect()
          .none()
          .thenRun(same -> endStep(same, sideEffects.ofCheckpoint(step, checkpoint)));
    }
    return persist(
        state,
        new CheckpointSaved(
            step.round(),
            step.arm(),
            checkpoint,
            Optional.of(devices.usage(step, computingMillis)),
            now()));
  }

  /** A failed step is retried, ends its trial, or ends the replicate's work. */
  private Effect<ReplicateEvent, ReplicateState> failed(
      ReplicateState state, Step step, TrialFailure failure) {
    if (steps.isEnding()) {
      steps.remove(step);
      return Effect().none().thenRun(this::proceed);
    }
    FailureAction action = failures.count(step, failure.kind());
    LOG.warn("{} failed: {}; action: {}", step, failure, action);
    if (action instanceof FailureAction.Retry retry) {
      progress.publish(
          new Progress.Retrying(settings.id(), step.toString(), failure, retry.pause()));
      steps.scheduleRetry(step, retry);
      return Effect().none();
    }
    if (action instanceof FailureAction.EndTrial && step instanceof Step.Train train) {
      return persist(state, new TrialFailed(train.round(), train.arm(), failure, now()));
    }
    if (action instanceof FailureAction.EndTrial && step instanceof Step.Evaluate evaluate) {
      return persist(state, new TrialFailed(evaluate.round(), evaluate.arm(), failure, now()));
    }
    return end(
        step,
        action instanceof FailureAction.StopCampaign
            ? new ReplicateOutcome.StoppedByFailure(failure)
            : new ReplicateOutcome.Abandoned(failure));
  }

  private Effect<ReplicateEvent, ReplicateState> end(Step step, ReplicateOutcome outcome) {
    steps.remove(step);
    steps.end(outcome);
    return Effect().none().thenRun(this::proceed);
  }

  private Effect<ReplicateEvent, ReplicateState> retry(Step step) {
    return Effect()
        .none()
        .thenRun(
            state -> {
              steps.retry(state, step);
              proceed(state);
            });
  }

  private Effect<ReplicateEvent, ReplicateState> stop() {
    steps.end(new ReplicateOutcome.Stopped());
    return Effect().none().thenRun(this::proceed);
  }

  private Effect<ReplicateEvent, ReplicateState> persist(
      ReplicateState before, ReplicateEvent event) {
    return Effect()
        .persist(event)
        .thenRun(state -> endStep(state, sideEffects.of(before, event, state)));
  }

  private void endStep(ReplicateState state, Optional<Step> ended) {
    ended.ifPresent(steps::remove);
    proceed(state);
  }

  private void proceed(ReplicateState state) {
    steps.issueNext(state);
    if (steps.isEmpty()) {
      context.getSelf().tell(new Settle());
    }
  }

  private Effect<ReplicateEvent, ReplicateState> settle(ReplicateState state) {
    if (steps.isEnding()) {
      return conclude(steps.outcome().orElseThrow());
    }
    Optional<TrialFailure> broken = ReplicatePlan.brokenChain(state);
    if (broken.isPresent()) {
      return conclude(new ReplicateOutcome.Abandoned(broken.get()));
    }
    if (!ReplicatePlan.complete(state)) {
      throw new IllegalStateException("expected a step to issue, found only open trials: " + state);
    }
    return state.finished()
        ? conclude(new ReplicateOutcome.Completed())
        : persist(state, new ReplicateFinished(now()));
  }

  private Effect<ReplicateEvent, ReplicateState> conclude(ReplicateOutcome outcome) {
    return Effect()
        .none()
        .thenRun(state -> settings.parent().tell(new Ended(settings.replicate(), outcome)))
        .thenStop();
  }

  private Instant now() {
    return settings.resources().clock().instant();
  }
}
