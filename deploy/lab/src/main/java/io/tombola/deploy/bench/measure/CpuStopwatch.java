package io.tombola.deploy.bench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Times operations on the calling thread. */
public final class CpuStopwatch {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuStopwatch() {}

  /** CPU time of the calling thread so far. */
  public static long cpuNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Runs {@code work} once, which performs {@code units} operations. */
  public static TimedWindow time(int units, Runnable work) {
    long wallBefore = System.nanoTime();
    long cpuBefore = cpuNanos();
    work.run();
    long cpuNanos = cpuNanos() - cpuBefore;
    return new TimedWindow(units, cpuNanos / 1e9, (System.nanoTime() - wallBefore) / 1e9);
  }

  /** Runs {@code work} {@code units} times. */
  public static TimedWindow repeat(int units, Runnable work) {
    return time(
        units,
        () -> {
          for (int i = 0; i < units; i++) {
            work.run();
          }
        });
  }
}
