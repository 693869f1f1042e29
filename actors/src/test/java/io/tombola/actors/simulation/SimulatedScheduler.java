package io.tombola.actors.simulation;

import akka.actor.AbstractScheduler;
import akka.actor.Cancellable;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Akka's scheduler on {@link Timers}. */
final class SimulatedScheduler extends AbstractScheduler {

  private static final double PER_SECOND = 1000;

  private final Timers timers = new Timers();

  /** As Akka makes a scheduler. */
  SimulatedScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

  Timers timers() {
    return timers;
  }

  @Override
  public Cancellable scheduleOnce(FiniteDuration delay, Runnable action, ExecutionContext context) {
    return new Once(
        timers.after(java.time.Duration.ofNanos(delay.toNanos()), () -> context.execute(action)));
  }

  @Override
  @SuppressWarnings("deprecation") // It is the one that Akka's other methods may end in.
  public Cancellable schedule(
      FiniteDuration initial, FiniteDuration interval, Runnable action, ExecutionContext context) {
    throw new UnsupportedOperationException("a repeated timer would keep a simulation from ending");
  }

  @Override
  public double maxFrequency() {
    return PER_SECOND;
  }

  private record Once(Timers.Timer timer) implements Cancellable {

    @Override
    public boolean cancel() {
      return timer.cancel();
    }

    @Override
    public boolean isCancelled() {
      return timer.cancelled();
    }
  }
}
