package io.tombola.actors.campaign;

import io.tombola.protocol.trial.DeviceUsage;

/**
 * What a device did while it was lent, told piece by piece. Belongs to one supervisor; times are on
 * the clock of {@link System#nanoTime}.
 */
final class LeaseUsage {

  private final String device;
  private long toldNanos;
  private long toldComputingMillis;

  /**
   * Nothing is told yet.
   *
   * @param wantedNanos since when there was a trial for the device
   */
  LeaseUsage(String device, long wantedNanos) {
    this.device = device;
    this.toldNanos = wantedNanos;
  }

  /** The trainer counts what it computes from 0 again. */
  void ordered() {
    toldComputingMillis = 0;
  }

  /** What the device did since this was last asked. */
  DeviceUsage next(long computingMillis) {
    long now = System.nanoTime();
    DeviceUsage time =
        new DeviceUsage(
            device, computingMillis - toldComputingMillis, Math.round((now - toldNanos) / 1e6));
    toldNanos = now;
    toldComputingMillis = computingMillis;
    return time;
  }

  /** Up to when all is told. */
  long toldNanos() {
    return toldNanos;
  }
}
