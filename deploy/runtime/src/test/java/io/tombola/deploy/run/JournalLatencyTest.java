package io.tombola.deploy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tombola.deploy.live.ProcessMetrics;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalLatencyTest {

  private static final long MILLI = 1_000_000;

  private long nanos = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();
  private final JournalLatency latency = new JournalLatency(() -> nanos);

  @Test
  void sumsAllWritesAndReportsQuantilesOfTheLastMinute() {
    assertEquals(new ProcessMetrics.Journal(0, 0, 0, Optional.empty()), latency.snapshot());
    latency.written(5, 700 * MILLI);
    pass(Duration.ofSeconds(50));
    for (int millis = 100; millis >= 1; millis--) {
      latency.written(2, millis * MILLI);
    }
    assertEquals(
        new ProcessMetrics.Journal(
            101, 205, 5.75, Optional.of(new ProcessMetrics.Recent(0.051, 0.1, 0.7))),
        latency.snapshot());
    pass(Duration.ofSeconds(11));
    assertEquals(
        new ProcessMetrics.Journal(
            101, 205, 5.75, Optional.of(new ProcessMetrics.Recent(0.05, 0.099, 0.1))),
        latency.snapshot());
    pass(Duration.ofSeconds(50));
    assertEquals(new ProcessMetrics.Journal(101, 205, 5.75, Optional.empty()), latency.snapshot());
  }

  @Test
  void keepsTheNewestWritesOfABusyMinute() {
    latency.written(1, 9000 * MILLI);
    for (int write = 0; write < 1024; write++) {
      latency.written(1, MILLI);
    }
    assertEquals(
        Optional.of(new ProcessMetrics.Recent(0.001, 0.001, 0.001)), latency.snapshot().recent());
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
