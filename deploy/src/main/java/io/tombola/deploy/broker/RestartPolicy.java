package io.tombola.deploy.broker;

import java.time.Duration;
import java.util.Optional;

/** When to start a crashed broker again: after growing pauses, and not forever. */
final class RestartPolicy {

  private static final int IN_A_ROW = 10;
  private static final Duration STEADY = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LAST_PAUSE = Duration.ofSeconds(15);

  private int crashes;

  /**
   * The pause before the next start; empty after 10 crashes in a row.
   *
   * @param life how long the broker lived; one that lived for a minute counts as sound
   */
  Optional<Duration> after(Duration life) {
    crashes = life.compareTo(STEADY) >= 0 ? 1 : crashes + 1;
    if (crashes > IN_A_ROW) {
      return Optional.empty();
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << (crashes - 1));
    return Optional.of(pause.compareTo(LAST_PAUSE) < 0 ? pause : LAST_PAUSE);
  }
}
