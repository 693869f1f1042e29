package io.tombola.deploy.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Times work of the calling thread. */
final class CpuStopwatch {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuStopwatch() {}

  /** Processor time that the calling thread has taken. */
  static long cpuNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** Does {@code work} once, which is {@code units} of it. */
  static TimedWindow time(int units, Runnable work) {
    long wall = System.nanoTime();
    long cpu = cpuNanos();
    work.run();
    long cpuNanos = cpuNanos() - cpu;
    return new TimedWindow(units, cpuNanos / 1e9, (System.nanoTime() - wall) / 1e9);
  }
}
