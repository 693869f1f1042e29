package io.tombola.actors.replicate;

import io.tombola.protocol.trial.DeviceUsage;

/**
 * What a device did during a lease, reported piece by piece. Belongs to one supervisor; times are
 * on the clock of {@link System#nanoTime}.
 */
final class LeaseUsage {

  private final String device;
  private long reportedUntilNanos;
  private long reportedComputingMillis;

  /**
   * Nothing is reported yet.
   *
   * @param demandedSinceNanos since when there was a trial for the device
   */
  LeaseUsage(String device, long demandedSinceNanos) {
    this.device = device;
    this.reportedUntilNanos = demandedSinceNanos;
  }

  /** The trainer starts to count its computing time at 0 again. */
  void trainingStarted() {
    reportedComputingMillis = 0;
  }

  /** What the device did since the last call. */
  DeviceUsage next(long computingMillis) {
    long now = System.nanoTime();
    DeviceUsage usage =
        new DeviceUsage(
            device,
            computingMillis - reportedComputingMillis,
            Math.round((now - reportedUntilNanos) / 1e6));
    reportedUntilNanos = now;
    reportedComputingMillis = computingMillis;
    return usage;
  }

  /** The end of the time that is reported. */
  long reportedUntilNanos() {
    return reportedUntilNanos;
  }
}
