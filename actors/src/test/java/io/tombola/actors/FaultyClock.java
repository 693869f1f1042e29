package io.tombola.actors;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A real clock that may throw first: injects faults into code that has no other dependency. */
final class FaultyClock extends Clock {

  private final Clock real;
  private final Runnable fault;

  FaultyClock(Clock real, Runnable fault) {
    this.real = real;
    this.fault = fault;
  }

  /** Whether {@code method} of {@code type} is among the callers. */
  static boolean calledFrom(Class<?> type, String method) {
    return calledFrom(type.getName(), method);
  }

  /** The same for a type, by its full name. */
  static boolean calledFrom(String type, String method) {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        frame.getClassName().equals(type) && frame.getMethodName().equals(method)));
  }

  @Override
  public Instant instant() {
    fault.run();
    return real.instant();
  }

  @Override
  public ZoneId getZone() {
    return real.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new FaultyClock(real.withZone(zone), fault);
  }
}
