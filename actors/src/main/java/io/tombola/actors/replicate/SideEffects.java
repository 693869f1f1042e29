package io.tombola.actors.replicate;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressStream;
import io.tombola.actors.round.Step;
import io.tombola.protocol.Arm;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.CheckpointDropped;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.RewindPointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.TrialState;
import io.tombola.protocol.trial.CheckpointRef;
import java.util.Optional;

/**
 * Everything that follows an event of a replicate once it is persisted, except that the supervisor
 * then issues the steps that come next. Each method returns the step that has ended with the event,
 * if there is one. Belongs to one supervisor.
 */
record SideEffects(
    Supervisor.Settings settings,
    ProgressStream progress,
    DeviceLeases devices,
    StepsInFlight steps,
    StepFailures failures) {

  /** What follows {@code event}, which led from {@code before} to {@code after}. */
  Optional<Step> of(ReplicateState before, ReplicateEvent event, ReplicateState after) {
    return event.accept(new AfterPersist(before, after));
  }

  private final class AfterPersist implements ReplicateEvent.Visitor<Optional<Step>> {

    private final ReplicateState before;
    private final ReplicateState after;

    AfterPersist(ReplicateState before, ReplicateState after) {
      this.before = before;
      this.after = after;
    }

    @Override
    public Optional<Step> visit(ReplicateStarted event) {
      return Optional.empty();
    }

    @Override
    public Optional<Step> visit(WeightsInitialized event) {
      return Optional.of(new Step.Initialize());
    }

    @Override
    public Optional<Step> visit(MaskPruned event) {
      progress.publish(new Progress.Pruned(settings.id(), event.round(), event.density()));
      return Optional.of(new Step.Prune(event.round()));
    }

    @Override
    public Optional<Step> visit(TrialPrepared event) {
      return Optional.of(new Step.Prepare(event.round(), event.arm()));
    }

    @Override
    public Optional<Step> visit(RewindPointSaved event) {
      continueTraining(new Step.Train(0, Arm.TICKET), event.point());
      return Optional.empty();
    }

    @Override
    public Optional<Step> visit(CheckpointSaved event) {
      Step.Train step = new Step.Train(event.round(), event.arm());
      Optional<Step> ended = ofCheckpoint(step, event.checkpoint());
      checkpointOf(before, step)
          .filter(old -> !old.artifact().equals(event.checkpoint().artifact()))
          .ifPresent(SideEffects.this::delete);
      return ended;
    }

    @Override
    public Optional<Step> visit(CheckpointDropped event) {
      Step.Train step = new Step.Train(event.round(), event.arm());
      if (steps.isEnding()) {
        return Optional.of(step);
      }
      devices.train(after, step);
      return Optional.empty();
    }

    @Override
    public Optional<Step> visit(TrialTrained event) {
      Step.Train step = new Step.Train(event.round(), event.arm());
      checkpointOf(before, step).ifPresent(SideEffects.this::delete);
      if (settings.campaign().prunedNext(step.round(), step.arm()) && !steps.isEnding()) {
        devices.keepForChain(step);
      } else {
        devices.releaseTrained(step);
      }
      return Optional.of(step);
    }

    @Override
    public Optional<Step> visit(TrialEvaluated event) {
      publishEnd(event);
      return Optional.of(new Step.Evaluate(event.round(), event.arm()));
    }

    @Override
    public Optional<Step> visit(TrialFailed event) {
      publishEnd(event);
      return Optional.of(
          trial(after, event.round(), event.arm()).trained().isPresent()
              ? new Step.Evaluate(event.round(), event.arm())
              : new Step.Train(event.round(), event.arm()));
    }

    @Override
    public Optional<Step> visit(ReplicateFinished event) {
      return Optional.empty();
    }

    private void publishEnd(ReplicateEvent.OfTrial event) {
      TrialState trial = trial(after, event.round(), event.arm());
      progress.publish(new Progress.TrialEnded(after.recordOf(trial)));
    }
  }

  /** What follows a checkpoint that is persisted, by this event or by an earlier one. */
  Optional<Step> ofCheckpoint(Step.Train step, CheckpointRef checkpoint) {
    if (devices.hasTrainerStopped(step)) {
      return Optional.of(step);
    }
    continueTraining(step, checkpoint);
    return Optional.empty();
  }

  private void continueTraining(Step.Train step, CheckpointRef persisted) {
    failures.reset(step);
    devices.acknowledge(step, persisted);
  }

  private void delete(CheckpointRef checkpoint) {
    settings.resources().artifacts().delete(checkpoint.artifact());
  }

  /** The checkpoint that the journal has of the step's training. */
  static Optional<CheckpointRef> checkpointOf(ReplicateState state, Step.Train step) {
    return trial(state, step.round(), step.arm()).checkpoint();
  }

  private static TrialState trial(ReplicateState state, int round, Arm arm) {
    return state.trial(round, arm).orElseThrow();
  }
}
