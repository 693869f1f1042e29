package io.tombola.actors;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Pings the guardian and reports the actor system dead after too many unanswered pings in a row: a
 * full heap ends dispatcher threads one by one, and that cannot even be logged. Holds some memory
 * back, to have it for the report. Counts pings, not time, so that a process that was suspended
 * does not count as dead. Thread-safe.
 */
final class ActorSystemWatchdog implements AutoCloseable {

  private static final int RESERVE_BYTES = 8 << 20;

  private final Supplier<? extends CompletionStage<?>> ping;
  private final Consumer<ActorSystemTerminatedException> onDead;
  private final Duration interval;
  private final int maxUnanswered;
  private final ActorSystemTerminatedException dead = new ActorSystemTerminatedException();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "tombola-watchdog");

  @SuppressWarnings("UnusedVariable") // Held only to be released.
  private byte[] reserve = {};

  private volatile boolean closed;

  /**
   * Not started yet.
   *
   * @param ping sends a ping; its stage completes with the answer
   * @param onDead is called once, after {@code maxUnanswered} unanswered pings in a row
   */
  ActorSystemWatchdog(
      Supplier<? extends CompletionStage<?>> ping,
      Consumer<ActorSystemTerminatedException> onDead,
      Duration interval,
      int maxUnanswered) {
    this.ping = ping;
    this.onDead = onDead;
    this.interval = interval;
    this.maxUnanswered = maxUnanswered;
  }

  void start() {
    reserve = new byte[RESERVE_BYTES];
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!closed && unanswered.getAndIncrement() < maxUnanswered) {
      sendPing();
      LockSupport.parkNanos(interval.toNanos());
    }
    if (!closed) {
      reserve = new byte[0];
      onDead.accept(dead);
    }
  }

  private void sendPing() {
    try {
      ping.get().thenRun(() -> unanswered.set(0));
    } catch (OutOfMemoryError ignored) {
      // A ping that cannot be sent counts as unanswered; there is no memory to log it.
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
