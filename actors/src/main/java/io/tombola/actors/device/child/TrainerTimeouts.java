package io.tombola.actors.device.child;

import java.time.Duration;

/**
 * How long a trainer's process is waited for before it is killed.
 *
 * @param start until it has opened its engine
 * @param stop until it answers that it has stopped a training
 * @param farewell until it has ended when it is needed no more
 */
public record TrainerTimeouts(Duration start, Duration stop, Duration farewell) {

  /** A stop in time for a run that has to end within 10 seconds; a slice takes far less. */
  public static final TrainerTimeouts DEFAULT =
      new TrainerTimeouts(Duration.ofMinutes(3), Duration.ofSeconds(7), Duration.ofSeconds(2));
}
