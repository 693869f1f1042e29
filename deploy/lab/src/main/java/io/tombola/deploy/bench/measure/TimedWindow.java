package io.tombola.deploy.bench.measure;

/**
 * One timed run of an operation.
 *
 * @param units how often the operation ran
 * @param cpuSeconds of the thread that ran it, without what other programs take of the machine
 * @param wallSeconds from begin to end
 */
public record TimedWindow(int units, double cpuSeconds, double wallSeconds) {

  /** CPU seconds of one unit. */
  public double cpuSecondsPerUnit() {
    return cpuSeconds / units;
  }

  /** Wall-clock seconds of one unit. */
  public double wallSecondsPerUnit() {
    return wallSeconds / units;
  }
}
