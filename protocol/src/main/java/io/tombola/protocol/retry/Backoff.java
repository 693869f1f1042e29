package io.tombola.protocol.retry;

import java.time.Duration;

/**
 * Exponential backoff: each delay is twice the one before it, up to a maximum. Without jitter,
 * since one process retries alone. Immutable and thread-safe; holds no clock and no counter.
 *
 * @param first the delay before the first retry, more than zero
 * @param max no delay is longer
 */
public record Backoff(Duration first, Duration max) {

  /** Checks the durations. */
  public Backoff {
    if (first.isNegative() || first.isZero() || max.isNegative() || max.isZero()) {
      throw new IllegalArgumentException(
          "expected delays of more than zero, found first %s, max %s".formatted(first, max));
    }
  }

  /**
   * The delay before the next retry.
   *
   * @param retries how many retries have failed already, 0 or more
   */
  public Duration delay(int retries) {
    Duration delay = first;
    // Ends at the maximum, so that no number of retries overflows.
    for (int i = 0; i < retries && delay.compareTo(max) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(max) < 0 ? delay : max;
  }
}
