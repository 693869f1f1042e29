package io.tombola.deploy.bench.campaign;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The CPU time of each part of this process and of its child processes, since the accounting was
 * opened. Threads are sampled several times a second, since they may end before the accounting
 * does. Thread-safe; its opener closes it.
 */
public final class CpuAccounting implements AutoCloseable {

  /** What takes CPU time. */
  enum Part {
    /** Trainer threads: training, and writing checkpoints and results. */
    TRAINER("trainers, but training", "tombola-tombola.trainer-dispatcher", "tombola-slot-"),
    /** Pruner, Rewinder, Evaluator. */
    STEPS("pruning, rewinding, results", "tombola-tombola.steps-dispatcher"),
    /** Supervisors, device pool, progress. */
    ACTORS("actors", "tombola-akka", "tombola-watchdog"),
    /** The journal's threads. */
    JOURNAL("journal", "tombola-journal"),
    /** The publisher, with Kafka's client. */
    PUBLISHER("publisher", "tombola-publisher", "tombola-progress", "kafka-", "tombola-broker"),
    /** The broker, a child process. */
    BROKER("broker's process"),
    /** The thread of the command: locking, reading data, the report. */
    COMMAND("command and report", "main"),
    /** JIT compiler, garbage collector, and the threads that belong to no other part. */
    JVM("Java's compiler and collector");

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // Never written to.
    private final String[] threads;

    Part(String title, String... threads) {
      this.title = title;
      this.threads = threads;
    }

    String title() {
      return title;
    }

    private boolean owns(String thread) {
      return Arrays.stream(threads).anyMatch(thread::startsWith);
    }
  }

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final Path STATUS = Path.of("/proc/self/stat");
  private static final double TICKS_PER_SECOND = 100;
  private static final long SAMPLE_INTERVAL_MILLIS = 100;

  private final long commandThread = Thread.currentThread().getId();
  private final Map<Long, Long> before = new HashMap<>();
  private final Map<Long, Long> latest = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final double processBefore = processSeconds();
  private final double childrenBefore = childrenSeconds();
  private final Thread sampler = new Thread(this::sampleUntilClosed, "tombola-bench-accounting");
  private boolean closed;

  /** Starts the accounting; the calling thread is that of the command. */
  CpuAccounting() {
    sample();
    before.putAll(latest);
    sampler.setDaemon(true);
    sampler.start();
  }

  private synchronized void sampleUntilClosed() {
    while (!closed) {
      sample();
      try {
        wait(SAMPLE_INTERVAL_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void sample() {
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null) {
        long nanos = THREADS.getThreadCpuTime(thread.getThreadId());
        if (nanos >= 0) {
          latest.put(thread.getThreadId(), nanos);
          names.put(thread.getThreadId(), thread.getThreadName());
        }
      }
    }
  }

  /** Ends the accounting. Returns CPU seconds of each part, without those of the accounting. */
  synchronized Map<Part, Double> stop() {
    sample();
    close();
    Map<Part, Double> seconds = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      seconds.put(part, 0.0);
    }
    double threads = 0;
    for (Map.Entry<Long, Long> thread : latest.entrySet()) {
      double spent = (thread.getValue() - before.getOrDefault(thread.getKey(), 0L)) / 1e9;
      threads += spent;
      if (thread.getKey() != sampler.getId()) {
        seconds.merge(part(thread.getKey()), spent, Double::sum);
      }
    }
    seconds.merge(Part.JVM, processSeconds() - processBefore - threads, Double::sum);
    seconds.put(Part.BROKER, childrenSeconds() - childrenBefore);
    return seconds;
  }

  private Part part(long thread) {
    if (thread == commandThread) {
      return Part.COMMAND;
    }
    String name = names.getOrDefault(thread, "");
    for (Part part : Part.values()) {
      if (part.owns(name)) {
        return part;
      }
    }
    return Part.JVM;
  }

  private static double processSeconds() {
    return PROCESS.getProcessCpuTime() / 1e9;
  }

  /** CPU seconds of child processes that have exited; 0 where the system does not say. */
  private static double childrenSeconds() {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try {
      String text = Files.readString(STATUS);
      // The name, in brackets, may hold spaces; fields 16 and 17, from 1, are the children's.
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + STATUS, e);
    }
  }

  /** Whether the CPU time of child processes is known on this system. */
  static boolean knowsChildren() {
    return Files.isReadable(STATUS);
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
