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
import akka.persistence.typed.javadsl.EffectBuilder;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.tombola.actors.Workbench;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.failure.Remedy;
import io.tombola.actors.progress.Progress;
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
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  private record Again(Step step) implements Command {}

  private record Settle() implements Command {}

  /** Tells the parent that this replicate's supervisor is done. */
  public record Ended(int replicate, Ending ending) {}

  /** What a supervisor is made for. */
  public record Assignment(
      CampaignSpec campaign, int replicate, Crew crew, Workbench bench, ActorRef<Ended> parent) {}

  private static final int EVENTS_A_SNAPSHOT = 100;

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final Assignment assignment;
  private final StepDesk steps;
  private final DeviceDesk devices;
  private final NewsDesk news;
  private final Set<Step> inFlight = new HashSet<>();
  private final Map<Step, Integer> failures = new HashMap<>();
  private Optional<Ending> ending = Optional.empty();

  /** The behavior; tells its parent once how it ended, then stops. */
  public static Behavior<Command> create(Assignment assignment) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new Supervisor(context, timers, assignment)));
  }

  private Supervisor(
      ActorContext<Command> context, TimerScheduler<Command> timers, Assignment assignment) {
    super(
        PersistenceId.ofUniqueId(
            JournalId.replicate(
                new ReplicateId(assignment.campaign().name(), assignment.replicate()))));
    this.context = context;
    this.timers = timers;
    this.assignment = assignment;
    this.news = new NewsDesk(context.getSystem().eventStream());
    this.steps =
        new StepDesk(
            assignment.campaign(),
            assignment.replicate(),
            assignment.crew(),
            context.messageAdapter(StepReply.class, Answered::new));
    this.devices =
        new DeviceDesk(
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
        .onCommand(Answered.class, (state, answered) -> answered(answered.reply()))
        .onCommand(Lent.class, (state, lent) -> lent(state, lent.reply()))
        .onCommand(Reported.class, (state, reported) -> reported(state, reported.report()))
        .onCommand(Again.class, (state, again) -> again(state, again.step()))
        .onCommand(Settle.class, (state, settle) -> settle(state))
        .onCommand(Stop.class, (state, stop) -> halt(new Ending.Stopped()))
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
        ? Effect().none().thenRun(this::proceed)
        : Effect()
            .persist(new ReplicateStarted(assignment.campaign(), assignment.replicate(), now()))
            .thenRun(this::proceed);
  }

  /** Issues every step that can be done and is not in flight; settles when none is left. */
  private void proceed(ReplicateState state) {
    if (ending.isEmpty()) {
      ReplicatePlan.next(state).stream().filter(inFlight::add).forEach(s -> issue(state, s));
    }
    if (inFlight.isEmpty()) {
      context.getSelf().tell(new Settle());
    }
  }

  private void issue(ReplicateState state, Step step) {
    if (step instanceof Step.Initialize initialize) {
      steps.initialize(initialize);
    } else if (step instanceof Step.Prune prune) {
      steps.prune(state, prune);
    } else if (step instanceof Step.Prepare prepare) {
      steps.prepare(state, prepare);
    } else if (step instanceof Step.Evaluate evaluate) {
      steps.evaluate(state, evaluate);
    } else if (step instanceof Step.Train train) {
      devices.ask(train);
    }
  }

  private Effect<ReplicateEvent, ReplicateState> answered(StepReply reply) {
    if (reply instanceof StepReply.Failed failed) {
      return failed(reply.step(), failed.failure());
    }
    ReplicateEvent event = ((StepReply.Done) reply).event();
    return Effect()
        .persist(event)
        .thenRun(
            after -> {
              news.announce(after, event);
              done(after, reply.step());
            });
  }

  private Effect<ReplicateEvent, ReplicateState> lent(
      ReplicateState state, DevicePool.Reply reply) {
    Step.Train step = DeviceDesk.stepOf(reply.trial());
    if (reply instanceof DevicePool.Granted granted) {
      if (devices.accept(step, granted.lease())) {
        devices.train(state, step);
      }
      return Effect().none();
    }
    if (reply instanceof DevicePool.Lost lost && devices.holds(step, lost.lease())) {
      return deviceLost(step, "the trainer of " + lost.lease().device() + " died");
    }
    if (reply instanceof DevicePool.NoneLeft && devices.waitsFor(step)) {
      return deviceLost(step, "no device is left: the trainer of each died again and again");
    }
    return Effect().none();
  }

  private Effect<ReplicateEvent, ReplicateState> deviceLost(Step.Train step, String why) {
    devices.forget(step);
    return failed(step, new TrialFailure(TrialFailure.Kind.DEVICE_LOST, why));
  }

  private Effect<ReplicateEvent, ReplicateState> reported(
      ReplicateState state, Trainer.Report report) {
    Step.Train step = DeviceDesk.stepOf(report.trial());
    if (!devices.holds(step)) {
      return Effect().none();
    }
    Optional<CheckpointRef> old = trialOf(state, step).checkpoint();
    if (report instanceof Trainer.CheckpointReached reached) {
      return save(step, old, reached.checkpoint())
          .thenRun(
              after -> {
                devices.kept(step, reached.checkpoint());
                discard(old, reached.checkpoint());
              });
    }
    if (report instanceof Trainer.RewindPointReached reached) {
      return Effect()
          .persist(new RewindPointSaved(reached.point(), now()))
          .thenRun(after -> devices.kept(step, reached.point()));
    }
    if (report instanceof Trainer.CheckpointUnusable unusable) {
      context.getLog().warn("{} starts again: {}", unusable.trial(), unusable.why());
      return Effect()
          .persist(
              new CheckpointDropped(
                  step.round(), step.arm(), unusable.checkpoint().artifact(), now()))
          .thenRun(
              after -> {
                if (ending.isEmpty()) {
                  devices.train(after, step);
                } else {
                  putDown(after, step);
                }
              });
    }
    if (report instanceof Trainer.Stopped stopped) {
      return save(step, old, stopped.checkpoint())
          .thenRun(
              after -> {
                discard(old, stopped.checkpoint());
                putDown(after, step);
              });
    }
    if (report instanceof Trainer.Trained trained) {
      return Effect()
          .persist(new TrialTrained(step.round(), step.arm(), trained.result(), now()))
          .thenRun(
              after -> {
                old.ifPresent(checkpoint -> bench().artifacts().delete(checkpoint.artifact()));
                freeDevice(step);
                done(after, step);
              });
    }
    return failed(step, ((Trainer.Failed) report).failure());
  }

  /** Persists a checkpoint, unless it is the one that the log holds already. */
  private EffectBuilder<ReplicateEvent, ReplicateState> save(
      Step.Train step, Optional<CheckpointRef> old, CheckpointRef checkpoint) {
    return old.equals(Optional.of(checkpoint))
        ? Effect().none()
        : Effect().persist(new CheckpointSaved(step.round(), step.arm(), checkpoint, now()));
  }

  private void freeDevice(Step.Train step) {
    boolean chainGoesOn = assignment.campaign().prunedNext(step.round(), step.arm());
    if (chainGoesOn && ending.isEmpty()) {
      devices.keepForChain(step);
    } else {
      devices.release(step, Duration.ZERO);
    }
  }

  private void discard(Optional<CheckpointRef> old, CheckpointRef replacement) {
    old.filter(checkpoint -> !checkpoint.artifact().equals(replacement.artifact()))
        .ifPresent(checkpoint -> bench().artifacts().delete(checkpoint.artifact()));
  }

  private Effect<ReplicateEvent, ReplicateState> failed(Step step, TrialFailure failure) {
    if (ending.isPresent()) {
      return Effect().none().thenRun(after -> putDown(after, step));
    }
    int earlier = failures.merge(step, 1, Integer::sum) - 1;
    Remedy remedy = FailurePolicy.remedy(failure.kind(), earlier);
    context.getLog().warn("{} failed: {}; remedy: {}", step, failure, remedy);
    if (remedy instanceof Remedy.Retry retry) {
      news.publish(new Progress.Retrying(step.toString(), failure, retry.pause()));
      releaseIfTraining(step, retry.quarantine() ? retry.pause() : Duration.ZERO);
      timers.startSingleTimer(step, new Again(step), retry.pause());
      return Effect().none();
    }
    if (remedy instanceof Remedy.EndTrial && step instanceof Step.Train train) {
      TrialFailed event = new TrialFailed(train.round(), train.arm(), failure, now());
      return Effect()
          .persist(event)
          .thenRun(
              after -> {
                news.announce(after, event);
                putDown(after, step);
              });
    }
    inFlight.remove(step);
    releaseIfTraining(step, Duration.ZERO);
    return halt(
        remedy instanceof Remedy.PauseCampaign
            ? new Ending.Paused(failure)
            : new Ending.Abandoned(failure));
  }

  private void putDown(ReplicateState state, Step step) {
    releaseIfTraining(step, Duration.ZERO);
    done(state, step);
  }

  private void releaseIfTraining(Step step, Duration rest) {
    if (step instanceof Step.Train train) {
      devices.release(train, rest);
    }
  }

  private Effect<ReplicateEvent, ReplicateState> again(ReplicateState state, Step step) {
    if (ending.isEmpty()) {
      issue(state, step);
    }
    return Effect().none();
  }

  /** Ends: trainers stop at their next slice, steps that only wait are dropped. */
  private Effect<ReplicateEvent, ReplicateState> halt(Ending how) {
    if (ending.isEmpty()) {
      ending = Optional.of(how);
      inFlight.removeAll(devices.halt());
      inFlight.removeIf(timers::isTimerActive);
      timers.cancelAll();
    }
    return Effect().none().thenRun(this::proceed);
  }

  private void done(ReplicateState state, Step step) {
    inFlight.remove(step);
    proceed(state);
  }

  /** Nothing is in flight and nothing can be issued: the replicate's work has ended. */
  private Effect<ReplicateEvent, ReplicateState> settle(ReplicateState state) {
    if (ending.isPresent()) {
      return conclude(ending.get());
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

  private static TrialState trialOf(ReplicateState state, Step.Train step) {
    return state.trial(step.round(), step.arm()).orElseThrow();
  }

  private Workbench bench() {
    return assignment.bench();
  }

  private Instant now() {
    return bench().clock().instant();
  }
}
