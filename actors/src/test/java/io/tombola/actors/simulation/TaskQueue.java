package io.tombola.actors.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import scala.Function0;
import scala.concurrent.BlockContext;
import scala.concurrent.CanAwait;

/**
 * The executor of every dispatcher of an actor system: holds each task until the simulation runs
 * it. An actor handles one message per task.
 */
final class TaskQueue extends AbstractExecutorService {

  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration FOREVER = Duration.ofDays(1000);

  private final Schedule schedule;
  private final List<Runnable> ready = new ArrayList<>();
  private TimerQueue timers = new TimerQueue();
  private boolean starting;

  TaskQueue(Schedule schedule) {
    this.schedule = schedule;
  }

  /** Uses the timers of the actor system that these tasks belong to. */
  void follow(TimerQueue time) {
    timers = time;
  }

  TimerQueue timers() {
    return timers;
  }

  int ready() {
    return ready.size();
  }

  @Override
  public void execute(Runnable task) {
    Optional<Duration> wait = starting ? Optional.empty() : schedule.delay();
    if (wait.isPresent()) {
      timers.after(wait.get(), () -> ready.add(task));
    } else {
      ready.add(task);
    }
  }

  /** The next task; advances time if none is ready. Empty if no task and no timer is left. */
  Optional<Runnable> next() {
    if (!ready.isEmpty() && schedule.advancesTime()) {
      timers.advance(SHORT);
    }
    while (ready.isEmpty()) {
      if (!timers.advance(FOREVER)) {
        return Optional.empty();
      }
    }
    return Optional.of(ready.remove(schedule.next(ready.size())));
  }

  /**
   * Runs {@code start}, and meanwhile the tasks that it waits for, in their order: an actor system
   * waits for its loggers while it starts.
   */
  <T> T starting(Supplier<T> start) {
    starting = true;
    T started = BlockContext.withBlockContext(new Meanwhile(), start::get);
    starting = false;
    return started;
  }

  private final class Meanwhile implements BlockContext {

    @Override
    public <T> T blockOn(Function0<T> wait, CanAwait permission) {
      while (!ready.isEmpty()) {
        ready.remove(0).run();
      }
      return wait.apply();
    }
  }

  /** Ignored: a dispatcher without actors calls it while other dispatchers still have some. */
  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
