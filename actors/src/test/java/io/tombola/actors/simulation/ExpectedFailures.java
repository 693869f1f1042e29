package io.tombola.actors.simulation;

import io.tombola.protocol.trial.TrialFailure;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which failures the injected faults explain: a fault of one replicate never explains the failure
 * of another.
 *
 * @param faults the injected faults
 */
record ExpectedFailures(Scenario scenario, FaultInjector faults) {

  private static final Set<Fault> OF_THE_JOURNAL =
      EnumSet.of(Fault.WRITE_LOST, Fault.WRITE_UNCONFIRMED, Fault.REPLAY_FAILED, Fault.DISK_FROZEN);
  private static final Set<Fault> OF_DEVICES =
      EnumSet.of(
          Fault.OUT_OF_MEMORY, Fault.TRAINER_DIES, Fault.TRAINER_KILLED, Fault.DEVICE_UNOPENED);
  private static final Set<Fault> OF_PROBES = EnumSet.of(Fault.BUG, Fault.NO_SPACE);
  private static final Set<Fault> BUG = EnumSet.of(Fault.BUG);

  // Lower bounds: failures count by kind, and only since the step's last progress.
  private static final int MIN_DEVICE_FAULTS_TO_FAIL = 5;
  private static final int MIN_BUGS_TO_FAIL = 2;

  /** Whether {@code fault} was injected into this process. */
  boolean wasInjected(Fault fault) {
    return count(EnumSet.of(fault)) > 0;
  }

  /** Whether the campaign's own journal may have failed in this process. */
  boolean mayFailCampaign() {
    return count(OF_THE_JOURNAL, 0) > 0;
  }

  /** Whether a replicate may be abandoned in this process. */
  boolean mayAbandon(int replicate, TrialFailure failure) {
    return switch (failure.kind()) {
      case DIVERGED -> chainDiverges(replicate);
      case BUG -> count(OF_THE_JOURNAL, replicate) > 0 || mayFailTrial(replicate, failure);
      case DEVICE_LOST, OUT_OF_MEMORY, NO_SPACE -> mayFailTrial(replicate, failure);
      case CORRUPT_ARTIFACT, BAD_DATA -> false;
    };
  }

  /** Whether a trial of a replicate may have used up its retries in this process. */
  boolean mayFailTrial(int replicate, TrialFailure failure) {
    long bugs = count(BUG, replicate);
    // A fault of no replicate was injected into the probe of a device.
    long all = bugs + count(OF_DEVICES) + count(OF_PROBES, 0);
    return switch (failure.kind()) {
      case BUG -> all >= (bugs > 0 ? MIN_BUGS_TO_FAIL : MIN_DEVICE_FAULTS_TO_FAIL);
      // The failure of a device that is not used any more is that of its last probe.
      case DEVICE_LOST, OUT_OF_MEMORY, NO_SPACE -> all >= MIN_DEVICE_FAULTS_TO_FAIL;
      case DIVERGED, CORRUPT_ARTIFACT, BAD_DATA -> false;
    };
  }

  private boolean chainDiverges(int replicate) {
    return scenario.divergences().keySet().stream()
        .anyMatch(trial -> trial.replicate() == replicate && trial.arm().isChain());
  }

  private long count(Set<Fault> kinds) {
    return faults.ofThisRun().stream().filter(fault -> kinds.contains(fault.fault())).count();
  }

  private long count(Set<Fault> kinds, int replicate) {
    return faults.ofThisRun().stream()
        .filter(fault -> kinds.contains(fault.fault()) && fault.replicate() == replicate)
        .count();
  }
}
