package io.tombola.protocol.trial;

/**
 * How long a device worked, of the time in which it could have. Depends on the machine: it is part
 * of events, and of nothing that is compared or hashed.
 *
 * @param device such as {@code cpu:0}
 * @param computingMillis it trained or measured
 * @param wantedMillis there was a trial for it, the time it computed included; what a crash or a
 *     failure undid counts in neither
 */
public record DeviceUsage(String device, long computingMillis, long wantedMillis) {

  /** Both times of the same device. */
  public DeviceUsage plus(DeviceUsage more) {
    return new DeviceUsage(
        device, computingMillis + more.computingMillis, wantedMillis + more.wantedMillis);
  }

  /** The percentage of the time it was wanted in which it computed; 100 if it never was wanted. */
  public double utilisationPercent() {
    return wantedMillis == 0 ? 100 : 100.0 * computingMillis / wantedMillis;
  }
}
