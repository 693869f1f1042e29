package io.tombola.actors.campaign;

import akka.actor.typed.javadsl.TimerScheduler;
import io.tombola.actors.failure.FailureAction;
import io.tombola.actors.round.Step;
import io.tombola.protocol.state.ReplicateState;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The steps of a replicate that are being done or wait to be done again, until its work ends. Known
 * to memory only: after a crash {@link ReplicatePlan} names them again. Belongs to one supervisor.
 */
final class StepsInFlight {

  private final StepDispatcher steps;
  private final DeviceLeases devices;
  private final TimerScheduler<Supervisor.Command> timers;
  private final Runnable whenIdle;
  private final Set<Step> inFlight = new HashSet<>();
  private Optional<ReplicateOutcome> ending = Optional.empty();

  /**
   * None yet.
   *
   * @param whenIdle is run when nothing is in flight and nothing can be issued
   */
  StepsInFlight(
      StepDispatcher steps,
      DeviceLeases devices,
      TimerScheduler<Supervisor.Command> timers,
      Runnable whenIdle) {
    this.steps = steps;
    this.devices = devices;
    this.timers = timers;
    this.whenIdle = whenIdle;
  }

  /** How the work is about to end; empty while it goes on. */
  Optional<ReplicateOutcome> ending() {
    return ending;
  }

  boolean ends() {
    return ending.isPresent();
  }

  /** Issues every step that can be done and is not in flight. */
  void proceed(ReplicateState state) {
    if (ending.isEmpty()) {
      ReplicatePlan.next(state).stream().filter(inFlight::add).forEach(s -> issue(state, s));
    }
    if (inFlight.isEmpty()) {
      whenIdle.run();
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

  /** The step stays in flight and is issued again after the pause. */
  void retry(Step step, FailureAction.Retry retry) {
    release(step, retry.quarantine() ? retry.pause() : Duration.ZERO);
    timers.startSingleTimer(step, new Supervisor.RetryStep(step), retry.pause());
  }

  void again(ReplicateState state, Step step) {
    if (ending.isEmpty()) {
      issue(state, step);
    } else {
      // Its timer had gone off before the end, so that the step did not count as waiting.
      done(state, step);
    }
  }

  /** The step is done, and its device kept for the chain or given back already. */
  void done(ReplicateState state, Step step) {
    inFlight.remove(step);
    proceed(state);
  }

  /** The step is done or given up; its device is free. */
  void putDown(ReplicateState state, Step step) {
    drop(step);
    proceed(state);
  }

  /** Forgets the step; its device is free. */
  void drop(Step step) {
    inFlight.remove(step);
    release(step, Duration.ZERO);
  }

  private void release(Step step, Duration rest) {
    if (step instanceof Step.Train train) {
      devices.release(train, rest);
    }
  }

  /** Trainers stop at their next slice; steps that only wait are dropped. */
  void halt(ReplicateOutcome how) {
    if (ending.isEmpty()) {
      ending = Optional.of(how);
      inFlight.removeAll(devices.halt());
      inFlight.removeIf(timers::isTimerActive);
      timers.cancelAll();
    }
  }
}
