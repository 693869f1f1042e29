package io.tombola.deploy.broker;

import io.tombola.protocol.retry.Backoff;
import java.time.Duration;
import java.util.Optional;

/** When to restart a crashed broker: with backoff, until too many crashes in a row. */
final class RestartPolicy {

  private static final int MAX_CRASHES_IN_A_ROW = 10;
  private static final Duration STABLE_UPTIME = Duration.ofMinutes(1);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(250), Duration.ofSeconds(15));

  private int crashes;

  /**
   * The delay before the next start; empty after 10 crashes in a row.
   *
   * @param uptime of the broker that crashed; after a minute it starts a new row of crashes
   */
  Optional<Duration> after(Duration uptime) {
    crashes = uptime.compareTo(STABLE_UPTIME) >= 0 ? 1 : crashes + 1;
    return crashes > MAX_CRASHES_IN_A_ROW
        ? Optional.empty()
        : Optional.of(BACKOFF.delay(crashes - 1));
  }
}
