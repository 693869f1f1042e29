package io.tombola.actors.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that follows simulated time and can jump. */
final class SimulatedClock extends Clock {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Duration jumped = Duration.ZERO;
  private TimerQueue time = new TimerQueue();

  void follow(TimerQueue timers) {
    jumped = jumped.plus(time.now());
    time = timers;
  }

  void jump(Duration by) {
    jumped = jumped.plus(by);
  }

  @Override
  public Instant instant() {
    return START.plus(jumped).plus(time.now());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
