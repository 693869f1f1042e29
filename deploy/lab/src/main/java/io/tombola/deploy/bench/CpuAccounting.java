package io.tombola.deploy.bench;

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
 * Which part of this process, and of the processes it started, took how much processor time since
 * the ledger was opened. Threads are looked at several times a second, since they may end before
 * the ledger does. Thread-safe; whoever opens it closes it.
 */
final class CpuAccounting implements AutoCloseable {

  /** Who takes processor time. */
  enum Part {
    /** Trainer threads: training, and artifacts of checkpoints and results. */
    TRAINER("trainers, but training", "tombola-tombola.trainer-dispatcher", "tombola-slot-"),
    /** Pruner, Rewinder, Evaluator. */
    STEPS("pruning, rewinding, results", "tombola-tombola.steps-dispatcher"),
    /** Supervisors, device pool, progress. */
    ACTORS("actors", "tombola-akka", "tombola-watchdog"),
    /** The journal's threads. */
    JOURNAL("journal", "tombola-journal"),
    /** The publisher, with Kafka's client. */
    PUBLISHER("publisher", "tombola-publisher", "tombola-progress", "kafka-", "tombola-broker"),
    /** The broker's process. */
    BROKER("broker's process"),
    /** The command: locking, reading data, the report. */
    COMMAND("command and report", "main"),
    /** Compiler and garbage collector, and threads that no other part claims. */
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
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private final long own = Thread.currentThread().getId();
  private final Map<Long, Long> before = new HashMap<>();
  private final Map<Long, Long> latest = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();
  private final double processBefore = processSeconds();
  private final double childrenBefore = childrenSeconds();
  private final Thread watch = new Thread(this::watch, "tombola-bench-ledger");
  private boolean closed;

  /** Opens a ledger; the calling thread is the one that runs the command. */
  CpuAccounting() {
    look();
    before.putAll(latest);
    watch.setDaemon(true);
    watch.start();
  }

  private synchronized void watch() {
    while (!closed) {
      look();
      try {
        wait(BETWEEN_LOOKS_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void look() {
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

  /** Ends the ledger; processor seconds of each part, those of the ledger left out. */
  synchronized Map<Part, Double> settle() {
    look();
    close();
    Map<Part, Double> seconds = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      seconds.put(part, 0.0);
    }
    double threads = 0;
    for (Map.Entry<Long, Long> thread : latest.entrySet()) {
      double spent = (thread.getValue() - before.getOrDefault(thread.getKey(), 0L)) / 1e9;
      threads += spent;
      if (thread.getKey() != watch.getId()) {
        seconds.merge(part(thread.getKey()), spent, Double::sum);
      }
    }
    seconds.merge(Part.JVM, processSeconds() - processBefore - threads, Double::sum);
    seconds.put(Part.BROKER, childrenSeconds() - childrenBefore);
    return seconds;
  }

  private Part part(long thread) {
    if (thread == own) {
      return Part.COMMAND;
    }
    String name = names.get(thread);
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

  /** Of child processes that have ended; 0 where the system does not tell. */
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

  /** Whether processor time of other processes is known here. */
  static boolean knowsChildren() {
    return Files.isReadable(STATUS);
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
