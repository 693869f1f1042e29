package io.tombola.deploy.bench;

/**
 * A stretch of work that was timed.
 *
 * @param units how often the work was done
 * @param cpuSeconds of the thread that did it; what other programs take of the machine is not in it
 * @param wallSeconds from its begin to its end
 */
record TimedWindow(int units, double cpuSeconds, double wallSeconds) {

  /** Processor seconds of one unit. */
  double cpuEach() {
    return cpuSeconds / units;
  }

  /** Seconds of one unit by the clock on the wall. */
  double wallEach() {
    return wallSeconds / units;
  }
}
