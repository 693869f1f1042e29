package io.tombola.actors.device;

import akka.actor.typed.ActorRef;
import io.tombola.protocol.retry.Backoff;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;

/**
 * The state of one device in the pool:
 *
 * <pre>{@code
 * Idle       -- lease       --> Leased
 * Leased     -- release     --> Idle
 * Leased     -- rest        --> Resting
 * Resting    -- fit         --> Idle
 * Resting    -- unfit       --> Resting, or Retired after 5 failed probes in a row
 * Live       -- trainerDied --> Restarting, or Retired after 5 deaths in a row
 * Restarting -- restarted   --> Idle
 * }</pre>
 *
 * Immutable; the pool sends the messages and runs the timers that a transition needs.
 */
sealed interface DeviceSlot {

  /**
   * How often in a row a trainer may die, or fail a probe, before its device is not used any more.
   */
  int MAX_FAILURES = 5;

  /** How long a device waits for a new trainer after its trainer has died. */
  Duration RESTART_DELAY = Duration.ofSeconds(2);

  /** The longest rest between two probes. */
  Duration MAX_REST = Duration.ofMinutes(5);

  /**
   * One incarnation of the actor that owns a device.
   *
   * @param device such as {@code cpu:0}
   * @param incarnation from 1; tells the death of this trainer from that of an earlier one
   * @param earlierDeaths deaths in a row, of the trainers before it, without progress in between
   */
  record LiveTrainer(
      String device, ActorRef<Trainer.Command> ref, long incarnation, int earlierDeaths) {

    LiveTrainer withoutDeaths() {
      return new LiveTrainer(device, ref, incarnation, 0);
    }
  }

  /** A device whose trainer is alive. */
  sealed interface Live extends DeviceSlot {

    LiveTrainer trainer();

    /** The next state after the trainer's death: {@link Restarting} or {@link Retired}. */
    default DeviceSlot trainerDied() {
      LiveTrainer dead = trainer();
      int deaths = dead.earlierDeaths() + 1;
      return deaths < MAX_FAILURES
          ? new Restarting(dead.device(), dead.incarnation() + 1, deaths)
          : new Retired(
              new TrialFailure(
                  TrialFailure.Kind.DEVICE_LOST,
                  "the trainer of %s died %d times in a row; see the log, and type the same command again"
                      .formatted(dead.device(), MAX_FAILURES)));
    }
  }

  /**
   * Free.
   *
   * @param sinceNanos since when it computes nothing, on the clock of {@link System#nanoTime}
   */
  record Idle(LiveTrainer trainer, long sinceNanos) implements Live {

    Leased lease(DevicePool.Request request, long epoch) {
      return new Leased(trainer, request, new Lease(trainer.device(), epoch, trainer.ref()));
    }
  }

  /** Leased to the trial of {@code request}. */
  record Leased(LiveTrainer trainer, DevicePool.Request request, Lease lease) implements Live {

    /** Whether {@code other} is the lease of this state, not an earlier one. */
    boolean isUnder(Lease other) {
      return lease.epoch() == other.epoch();
    }

    Leased progressMade() {
      return new Leased(trainer.withoutDeaths(), request, lease);
    }

    Idle release(long idleNanos) {
      return new Idle(trainer.withoutDeaths(), idleNanos);
    }

    Resting rest(Duration first) {
      return new Resting(trainer.withoutDeaths(), new Backoff(first, MAX_REST), 0);
    }
  }

  /** Not leased after a failure: its trainer is probed after each rest. */
  record Resting(LiveTrainer trainer, Backoff backoff, int failedProbes) implements Live {

    /** How long it rests before the next probe. */
    Duration rest() {
      return backoff.delay(failedProbes);
    }

    Idle fit(long nowNanos) {
      return new Idle(trainer, nowNanos);
    }

    /** The next state after a failed probe: {@code Resting} or {@link Retired}. */
    DeviceSlot unfit(TrialFailure why) {
      int failed = failedProbes + 1;
      return failed < MAX_FAILURES
          ? new Resting(trainer, backoff, failed)
          : new Retired(
              new TrialFailure(
                  why.kind(),
                  "%s failed %d probes in a row: %s"
                      .formatted(trainer.device(), MAX_FAILURES, why.message())));
    }
  }

  /** Without a trainer until the restart delay has elapsed. */
  record Restarting(String device, long nextIncarnation, int deaths) implements DeviceSlot {

    Idle restarted(ActorRef<Trainer.Command> trainer, long nowNanos) {
      return new Idle(new LiveTrainer(device, trainer, nextIncarnation, deaths), nowNanos);
    }
  }

  /** Never leased again in this process. */
  record Retired(TrialFailure failure) implements DeviceSlot {}
}
