package io.tombola.actors.simulation;

import akka.actor.AbstractScheduler;
import akka.actor.Cancellable;
import akka.event.LoggingAdapter;
import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import scala.concurrent.ExecutionContext;
import scala.concurrent.duration.FiniteDuration;

/** Akka's scheduler on {@link TimerQueue}. */
final class SimulatedScheduler extends AbstractScheduler {

  private static final double PER_SECOND = 1000;

  private final TimerQueue timers = new TimerQueue();

  /** Called by Akka. */
  SimulatedScheduler(Config config, LoggingAdapter log, ThreadFactory threads) {}

  TimerQueue timers() {
    return timers;
  }

  @Override
  public Cancellable scheduleOnce(FiniteDuration delay, Runnable action, ExecutionContext context) {
    return new Once(
        timers.after(java.time.Duration.ofNanos(delay.toNanos()), () -> context.execute(action)));
  }

  @Override
  @SuppressWarnings("deprecation") // Akka's other methods may call it.
  public Cancellable schedule(
      FiniteDuration initial, FiniteDuration interval, Runnable action, ExecutionContext context) {
    throw new UnsupportedOperationException("a repeated timer would keep a simulation from ending");
  }

  @Override
  public double maxFrequency() {
    return PER_SECOND;
  }

  private record Once(TimerQueue.Timer timer) implements Cancellable {

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
