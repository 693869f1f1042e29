package io.tombola.actors.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Simulated time: what is to be done later, in the order in which it is due. */
final class Timers {

  private static final Comparator<Timer> SOONEST =
      Comparator.comparingLong((Timer timer) -> timer.due).thenComparingLong(timer -> timer.number);

  /** One thing to do at its time. */
  static final class Timer {
    private final long due;
    private final long number;
    private final Runnable action;
    private boolean cancelled;
    private boolean fired;

    private Timer(long due, long number, Runnable action) {
      this.due = due;
      this.number = number;
      this.action = action;
    }

    /** Whether it was in time. */
    boolean cancel() {
      boolean inTime = !fired && !cancelled;
      cancelled = true;
      return inTime;
    }

    boolean cancelled() {
      return cancelled;
    }
  }

  private final PriorityQueue<Timer> queue = new PriorityQueue<>(SOONEST);
  private long now;
  private long number;

  Duration now() {
    return Duration.ofNanos(now);
  }

  Timer after(Duration delay, Runnable action) {
    Timer timer = new Timer(now + Math.max(0, delay.toNanos()), number++, action);
    queue.add(timer);
    return timer;
  }

  /**
   * Goes to the time of what is due first, if that is not more than {@code most} away, and does it.
   */
  boolean advance(Duration most) {
    while (!queue.isEmpty() && queue.peek().cancelled) {
      queue.remove();
    }
    if (queue.isEmpty() || queue.peek().due - now > most.toNanos()) {
      return false;
    }
    Timer first = queue.remove();
    now = first.due;
    first.fired = true;
    first.action.run();
    return true;
  }
}
