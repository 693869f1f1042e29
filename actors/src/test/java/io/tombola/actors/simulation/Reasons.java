package io.tombola.actors.simulation;

import io.tombola.protocol.trial.TrialFailure;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether what a process gave up was given up for a reason: a fault of another replicate is none.
 *
 * @param faults those that came up
 */
record Reasons(Shape shape, Faults faults) {

  private static final Set<Fault> OF_THE_JOURNAL =
      EnumSet.of(Fault.WRITE_LOST, Fault.WRITE_UNCONFIRMED, Fault.REPLAY_FAILED, Fault.DISK_FROZEN);
  private static final Set<Fault> OF_DEVICES =
      EnumSet.of(
          Fault.OUT_OF_MEMORY, Fault.TRAINER_DIES, Fault.TRAINER_KILLED, Fault.DEVICE_UNOPENED);
  private static final Set<Fault> OF_PROBES = EnumSet.of(Fault.BUG, Fault.NO_SPACE);
  private static final Set<Fault> BUG = EnumSet.of(Fault.BUG);

  // The fewest; failures count by kind, and only those since a step last got further.
  private static final int DEVICE_FAULTS_TO_GIVE_UP = 5;
  private static final int BUGS_TO_GIVE_UP = 2;

  /** Whether {@code fault} came up in this process. */
  boolean struck(Fault fault) {
    return count(EnumSet.of(fault)) > 0;
  }

  /** Whether the campaign's own log had trouble in this process. */
  boolean campaignFails() {
    return count(OF_THE_JOURNAL, 0) > 0;
  }

  /** Whether a replicate may be given up in this process. */
  boolean givesUp(int replicate, TrialFailure failure) {
    return switch (failure.kind()) {
      case DIVERGED -> chainDiverges(replicate);
      case BUG -> count(OF_THE_JOURNAL, replicate) > 0 || trialFails(replicate, failure);
      case DEVICE_LOST, OUT_OF_MEMORY, NO_SPACE -> trialFails(replicate, failure);
      case CORRUPT_ARTIFACT, BAD_DATA -> false;
    };
  }

  /** Whether a trial of a replicate may have used up its retries in this process. */
  boolean trialFails(int replicate, TrialFailure failure) {
    long bugs = count(BUG, replicate);
    // What no replicate was at came up when a device was probed.
    long all = bugs + count(OF_DEVICES) + count(OF_PROBES, 0);
    return switch (failure.kind()) {
      case BUG -> all >= (bugs > 0 ? BUGS_TO_GIVE_UP : DEVICE_FAULTS_TO_GIVE_UP);
      // A device that fails its probes is given up for what it says then.
      case DEVICE_LOST, OUT_OF_MEMORY, NO_SPACE -> all >= DEVICE_FAULTS_TO_GIVE_UP;
      case DIVERGED, CORRUPT_ARTIFACT, BAD_DATA -> false;
    };
  }

  private boolean chainDiverges(int replicate) {
    return shape.divergences().keySet().stream()
        .anyMatch(trial -> trial.replicate() == replicate && trial.arm().isChain());
  }

  private long count(Set<Fault> kinds) {
    return faults.ofThisRun().stream().filter(strike -> kinds.contains(strike.fault())).count();
  }

  private long count(Set<Fault> kinds, int replicate) {
    return faults.ofThisRun().stream()
        .filter(strike -> kinds.contains(strike.fault()) && strike.replicate() == replicate)
        .count();
  }
}
