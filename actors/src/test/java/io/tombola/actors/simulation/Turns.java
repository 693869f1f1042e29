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
 * The executor of every dispatcher of an actor system: keeps what is to be run until the simulation
 * gives it its turn. An actor has a turn for each message.
 */
final class Turns extends AbstractExecutorService {

  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration FOREVER = Duration.ofDays(1000);

  private final Schedule schedule;
  private final List<Runnable> ready = new ArrayList<>();
  private Timers timers = new Timers();
  private boolean starting;

  Turns(Schedule schedule) {
    this.schedule = schedule;
  }

  /** The time of the actor system that these turns belong to. */
  void follow(Timers time) {
    timers = time;
  }

  Timers timers() {
    return timers;
  }

  int ready() {
    return ready.size();
  }

  @Override
  public void execute(Runnable turn) {
    Optional<Duration> wait = starting ? Optional.empty() : schedule.holdUp();
    if (wait.isPresent()) {
      timers.after(wait.get(), () -> ready.add(turn));
    } else {
      ready.add(turn);
    }
  }

  /** Whose turn it is; lets time pass when nobody is ready. Empty when nothing will ever happen. */
  Optional<Runnable> next() {
    if (!ready.isEmpty() && schedule.letTimePass()) {
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
   * Does {@code start}; what it waits for is done meanwhile, first come, first served: an actor
   * system waits for its loggers while it starts.
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

  /** Dispatchers that have no actors any more say this; others still have some. */
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
