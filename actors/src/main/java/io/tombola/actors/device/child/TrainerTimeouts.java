package io.tombola.actors.device.child;

import java.time.Duration;

/**
 * How long a trainer's process may take before it is killed.
 *
 * @param start to open its engine
 * @param stop to report that it has stopped a training
 * @param shutdown to end once its input is closed
 */
public record TrainerTimeouts(Duration start, Duration stop, Duration shutdown) {

  /**
   * Stop and shutdown fit in the 10 seconds within which a run must end; a slice is far shorter.
   */
  public static final TrainerTimeouts DEFAULT =
      new TrainerTimeouts(Duration.ofMinutes(3), Duration.ofSeconds(7), Duration.ofSeconds(2));
}
