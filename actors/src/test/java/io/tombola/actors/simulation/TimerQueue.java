package io.tombola.actors.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Simulated time: the actions that are due later, in order. */
final class TimerQueue {

  private static final Comparator<Timer> SOONEST =
      Comparator.comparingLong((Timer timer) -> timer.due).thenComparingLong(timer -> timer.number);

  /** An action and its time. */
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

    /** Whether it had neither fired nor been cancelled. */
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

  /** Advances to the time of the first action, if that is at most {@code max} away, and runs it. */
  boolean advance(Duration max) {
    while (!queue.isEmpty() && queue.peek().cancelled) {
      queue.remove();
    }
    if (queue.isEmpty() || queue.peek().due - now > max.toNanos()) {
      return false;
    }
    Timer first = queue.remove();
    now = first.due;
    first.fired = true;
    first.action.run();
    return true;
  }
}
