package io.tombola.deploy.run;

import io.tombola.deploy.live.ProcessMetrics;
import io.tombola.storage.JournalListener;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * How long writes to the journal take: all of them added up, and the newest one by one.
 * Thread-safe; a write costs its writer two stores.
 */
final class JournalLatency implements JournalListener {

  private static final int ROOM = 1024;
  private static final Duration RECENT = Duration.ofMinutes(1);

  private final LongSupplier nanoTime;
  private final long[] endedNanos = new long[ROOM];
  private final long[] tookNanos = new long[ROOM];
  private long writes;
  private long events;
  private long nanos;

  /** No times yet; {@code nanoTime} as {@link System#nanoTime} tells it. */
  JournalLatency(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void written(int more, long took) {
    int place = (int) (writes % ROOM);
    endedNanos[place] = nanoTime.getAsLong();
    tookNanos[place] = took;
    writes++;
    events += more;
    nanos += took;
  }

  /** What they add up to. */
  synchronized ProcessMetrics.Journal sum() {
    return new ProcessMetrics.Journal(writes, events, seconds(nanos), recent());
  }

  /** Of the last minute; of a minute in which more were written, the newest. */
  private Optional<ProcessMetrics.Recent> recent() {
    long now = nanoTime.getAsLong();
    long[] took =
        IntStream.range(0, (int) Math.min(writes, ROOM))
            .filter(i -> now - endedNanos[i] <= RECENT.toNanos())
            .mapToLong(i -> tookNanos[i])
            .toArray();
    if (took.length == 0) {
      return Optional.empty();
    }
    Arrays.sort(took);
    return Optional.of(
        new ProcessMetrics.Recent(
            seconds(quantile(took, 0.5)),
            seconds(quantile(took, 0.99)),
            seconds(took[took.length - 1])));
  }

  /** The least of which that part of all is no greater. */
  private static long quantile(long[] sorted, double part) {
    return sorted[(int) Math.ceil(part * sorted.length) - 1];
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
