package io.tombola.deploy.run;

import io.tombola.deploy.live.ProcessMetrics;
import io.tombola.storage.JournalListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Measures the latency of journal writes: totals, and quantiles of the recent ones. Thread-safe;
 * costs a writer two array stores per write.
 */
final class JournalLatency implements JournalListener {

  private static final int CAPACITY = 1024;
  private static final Duration RECENT_WINDOW = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final long[] endNanos = new long[CAPACITY];
  private final long[] latencyNanos = new long[CAPACITY];
  private long writes;
  private long events;
  private long nanos;

  /** Starts empty; {@code nanoTime} is {@link System#nanoTime} or a test's clock. */
  JournalLatency(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void written(int eventCount, long latency) {
    int index = (int) (writes % CAPACITY);
    endNanos[index] = nanoTime.getAsLong();
    latencyNanos[index] = latency;
    writes++;
    events += eventCount;
    nanos += latency;
  }

  /** Totals and recent quantiles. */
  synchronized ProcessMetrics.Journal snapshot() {
    return new ProcessMetrics.Journal(writes, events, seconds(nanos), recent());
  }

  /**
   * Quantiles of the last minute, or of the newest {@value #CAPACITY} writes if there were more.
   */
  private Optional<ProcessMetrics.Recent> recent() {
    long now = nanoTime.getAsLong();
    long[] latencies =
        IntStream.range(0, (int) Math.min(writes, CAPACITY))
            .filter(i -> now - endNanos[i] <= RECENT_WINDOW.toNanos())
            .mapToLong(i -> latencyNanos[i])
            .toArray();
    if (latencies.length == 0) {
      return Optional.empty();
    }
    Arrays.sort(latencies);
    return Optional.of(
        new ProcessMetrics.Recent(
            seconds(quantile(latencies, 0.5)),
            seconds(quantile(latencies, 0.99)),
            seconds(latencies[latencies.length - 1])));
  }

  /** The smallest value that at least {@code part} of all values do not exceed. */
  private static long quantile(long[] sorted, double part) {
    return sorted[(int) Math.ceil(part * sorted.length) - 1];
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
