package io.tombola.actors.campaign;

import io.tombola.actors.WorkerResources;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.round.Step;
import io.tombola.protocol.event.ReplicateEvent.CheckpointDropped;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.RewindPointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a supervisor does about word from the pool and from trainers. Belongs to one supervisor. */
final class TrainingCoordinator {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingCoordinator.class);

  private final CampaignSpec campaign;
  private final WorkerResources bench;
  private final DeviceLeases devices;
  private final StepsInFlight work;
  private final FailureHandler failures;

  TrainingCoordinator(
      Supervisor.Settings assignment,
      DeviceLeases devices,
      StepsInFlight work,
      FailureHandler failures) {
    this.campaign = assignment.campaign();
    this.bench = assignment.bench();
    this.devices = devices;
    this.work = work;
    this.failures = failures;
  }

  /** A device comes, or is gone. */
  EventAndEffect lent(ReplicateState state, DevicePool.Reply reply) {
    Step.Train step = DeviceLeases.stepOf(reply.trial());
    if (reply instanceof DevicePool.Granted granted) {
      if (devices.accept(step, granted)) {
        devices.train(state, step);
      }
      return EventAndEffect.NONE;
    }
    if (reply instanceof DevicePool.Lost lost && devices.holds(step, lost.lease())) {
      devices.forget(step);
      return failures.failed(
          step,
          new TrialFailure(
              TrialFailure.Kind.DEVICE_LOST, "the trainer of " + lost.lease().device() + " died"));
    }
    if (reply instanceof DevicePool.NoDeviceAvailable none && devices.waitsFor(step)) {
      devices.forget(step);
      return failures.giveUp(step, none.failure());
    }
    return EventAndEffect.NONE;
  }

  /** A trainer says how a training goes; one that the supervisor does not wait for says nothing. */
  EventAndEffect reported(ReplicateState state, Trainer.Report report) {
    Step.Train step = DeviceLeases.stepOf(report.trial());
    if (!devices.holds(step)) {
      return EventAndEffect.NONE;
    }
    Optional<CheckpointRef> old = trialOf(state, step).checkpoint();
    if (report instanceof Trainer.CheckpointReached reached) {
      return save(
          step,
          old,
          reached.checkpoint(),
          reached.computingMillis(),
          after -> goOn(step, reached.checkpoint()));
    }
    if (report instanceof Trainer.RewindPointReached reached) {
      return EventAndEffect.persist(
          new RewindPointSaved(reached.point(), now()), after -> goOn(step, reached.point()));
    }
    if (report instanceof Trainer.CheckpointUnusable unusable) {
      return startAgain(step, unusable);
    }
    if (report instanceof Trainer.Stopped stopped) {
      return save(
          step,
          old,
          stopped.checkpoint(),
          stopped.computingMillis(),
          after -> work.putDown(after, step));
    }
    return report instanceof Trainer.Trained trained
        ? finish(step, old, trained)
        : failures.failed(step, ((Trainer.Failed) report).failure());
  }

  private void goOn(Step.Train step, CheckpointRef kept) {
    failures.gotFurther(step);
    devices.kept(step, kept);
  }

  /** Persists a checkpoint, unless the log holds it already; the one before goes. */
  private EventAndEffect save(
      Step.Train step,
      Optional<CheckpointRef> old,
      CheckpointRef checkpoint,
      long computingMillis,
      Consumer<ReplicateState> then) {
    if (old.equals(Optional.of(checkpoint))) {
      return EventAndEffect.of(then);
    }
    return EventAndEffect.persist(
        new CheckpointSaved(
            step.round(),
            step.arm(),
            checkpoint,
            Optional.of(devices.time(step, computingMillis)),
            now()),
        then.andThen(
            after ->
                old.filter(o -> !o.artifact().equals(checkpoint.artifact()))
                    .ifPresent(this::delete)));
  }

  private EventAndEffect startAgain(Step.Train step, Trainer.CheckpointUnusable unusable) {
    LOG.warn("{} starts again: {}", unusable.trial(), unusable.why());
    return EventAndEffect.persist(
        new CheckpointDropped(step.round(), step.arm(), unusable.checkpoint().artifact(), now()),
        after -> {
          if (work.ends()) {
            work.putDown(after, step);
          } else {
            devices.train(after, step);
          }
        });
  }

  private EventAndEffect finish(
      Step.Train step, Optional<CheckpointRef> old, Trainer.Trained trained) {
    return EventAndEffect.persist(
        new TrialTrained(
            step.round(),
            step.arm(),
            trained.result(),
            Optional.of(devices.time(step, trained.computingMillis())),
            now()),
        after -> {
          old.ifPresent(this::delete);
          freeDevice(step);
          work.done(after, step);
        });
  }

  private void freeDevice(Step.Train step) {
    if (campaign.prunedNext(step.round(), step.arm()) && !work.ends()) {
      devices.keepForChain(step);
    } else {
      devices.free(step);
    }
  }

  private void delete(CheckpointRef checkpoint) {
    bench.artifacts().delete(checkpoint.artifact());
  }

  private static TrialState trialOf(ReplicateState state, Step.Train step) {
    return state.trial(step.round(), step.arm()).orElseThrow();
  }

  private Instant now() {
    return bench.clock().instant();
  }
}
