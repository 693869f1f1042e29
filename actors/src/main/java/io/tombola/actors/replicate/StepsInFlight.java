package io.tombola.actors.replicate;

import akka.actor.typed.javadsl.TimerScheduler;
import io.tombola.actors.failure.FailureAction;
import io.tombola.actors.round.Step;
import io.tombola.protocol.state.ReplicateState;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of a replicate that workers or devices have, or that wait for a retry. In memory only:
 * after a crash {@link ReplicatePlan} names them again. Belongs to one supervisor.
 */
final class StepsInFlight {

  private final StepDispatcher workers;
  private final DeviceLeases devices;
  private final TimerScheduler<Supervisor.Command> timers;
  private final Set<Step> steps = new HashSet<>();
  private Optional<ReplicateOutcome> outcome = Optional.empty();

  StepsInFlight(
      StepDispatcher workers, DeviceLeases devices, TimerScheduler<Supervisor.Command> timers) {
    this.workers = workers;
    this.devices = devices;
    this.timers = timers;
  }

  /** How the replicate's work ends once no step is in flight; empty while steps are issued. */
  Optional<ReplicateOutcome> outcome() {
    return outcome;
  }

  /** Whether no further step is issued. */
  boolean isEnding() {
    return outcome.isPresent();
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Issues every step that can start now and is not in flight; none once the work is ending. */
  void issueNext(ReplicateState state) {
    if (!isEnding()) {
      ReplicatePlan.next(state).stream().filter(steps::add).forEach(step -> issue(state, step));
    }
  }

  private void issue(ReplicateState state, Step step) {
    if (step instanceof Step.Initialize initialize) {
      workers.initialize(initialize);
    } else if (step instanceof Step.Prune prune) {
      workers.prune(state, prune);
    } else if (step instanceof Step.Prepare prepare) {
      workers.prepare(state, prepare);
    } else if (step instanceof Step.Evaluate evaluate) {
      workers.evaluate(state, evaluate);
    } else if (step instanceof Step.Train train) {
      devices.request(train);
    }
  }

  /** Releases the step's device; the step stays in flight until its timer fires. */
  void scheduleRetry(Step step, FailureAction.Retry retry) {
    release(step, retry.quarantine() ? retry.pause() : Duration.ZERO);
    timers.startSingleTimer(step, new Supervisor.RetryStep(step), retry.pause());
  }

  /** The step's retry timer has fired. */
  void retry(ReplicateState state, Step step) {
    if (isEnding()) {
      // Its timer fired before the end, so that the end did not remove it as a waiting step.
      steps.remove(step);
    } else {
      issue(state, step);
    }
  }

  /** The step has ended, whatever came of it; its device, if it still has one, is released. */
  void remove(Step step) {
    steps.remove(step);
    release(step, Duration.ZERO);
  }

  private void release(Step step, Duration rest) {
    if (step instanceof Step.Train train) {
      devices.release(train, rest);
    }
  }

  /** Trainers stop at their next slice; steps that only wait are dropped. The first call counts. */
  void end(ReplicateOutcome how) {
    if (!isEnding()) {
      outcome = Optional.of(how);
      steps.removeAll(devices.stopAll());
      steps.removeIf(timers::isTimerActive);
      timers.cancelAll();
    }
  }
}
