package io.tombola.protocol.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {

  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3));

  @Test
  void doublesUpToTheMaximum() {
    assertEquals(
        List.of(500L, 1000L, 2000L, 3000L, 3000L),
        IntStream.range(0, 5).mapToObj(retries -> BACKOFF.delay(retries).toMillis()).toList());
  }

  @Test
  void doesNotOverflow() {
    assertEquals(BACKOFF.max(), BACKOFF.delay(Integer.MAX_VALUE));
  }

  @Test
  void neverExceedsTheMaximumEvenIfTheFirstDelayDoes() {
    assertEquals(
        Duration.ofSeconds(1), new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)).delay(0));
  }

  @Test
  void refusesDelaysThatWouldRetryWithoutAPause() {
    assertThrows(
        IllegalArgumentException.class, () -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
    assertThrows(
        IllegalArgumentException.class, () -> new Backoff(Duration.ofSeconds(1), Duration.ZERO));
  }
}
