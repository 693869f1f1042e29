package io.tombola.actors;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Asks again and again whether the actors still hear, and says when they do not: with a full heap
 * the threads of an actor system end one by one, and even that cannot be logged. Keeps some memory
 * back, to have it for the end. Counts questions, not time, so that a process that was suspended is
 * not taken for dead. Thread-safe.
 */
final class ActorSystemWatchdog implements AutoCloseable {

  private static final int RESERVE_BYTES = 8 << 20;

  private final Consumer<Runnable> ask;
  private final Consumer<ActorSystemTerminatedException> dead;
  private final Duration between;
  private final int patience;
  private final ActorSystemTerminatedException end = new ActorSystemTerminatedException();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "tombola-pulse");

  @SuppressWarnings("UnusedVariable") // What it is for is to be let go.
  private byte[] reserve = {};

  private volatile boolean closed;

  /**
   * Not started yet.
   *
   * @param ask is given what an actor runs when it hears
   * @param dead is told once, if {@code patience} questions in a row are not answered
   */
  ActorSystemWatchdog(
      Consumer<Runnable> ask,
      Consumer<ActorSystemTerminatedException> dead,
      Duration between,
      int patience) {
    this.ask = ask;
    this.dead = dead;
    this.between = between;
    this.patience = patience;
  }

  void start() {
    reserve = new byte[RESERVE_BYTES];
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!closed && unanswered.getAndIncrement() < patience) {
      askUnlessFull();
      LockSupport.parkNanos(between.toNanos());
    }
    if (!closed) {
      reserve = new byte[0];
      dead.accept(end);
    }
  }

  private void askUnlessFull() {
    try {
      ask.accept(this::heard);
    } catch (OutOfMemoryError ignored) {
      // Not asked is not answered: it counts, and there is no memory to say more.
    }
  }

  private void heard() {
    unanswered.set(0);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
