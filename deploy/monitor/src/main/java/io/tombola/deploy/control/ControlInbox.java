package io.tombola.deploy.control;

import io.tombola.actors.campaign.ControlCommand;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.lock.LockHolder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the command queue every 500 ms and passes commands for this process to a handler. Commands
 * for an earlier process are discarded: a sender that still waits queues them again. The caller
 * closes it.
 */
public final class ControlInbox implements AutoCloseable {

  /** Executes commands. */
  @FunctionalInterface
  public interface Handler {

    /** Returns at once; called on the inbox's thread. */
    void handle(String campaign, ControlCommand command);
  }

  private static final Logger LOG = LoggerFactory.getLogger(ControlInbox.class);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  private final CommandQueue queue;
  private final String self;
  private final Handler handler;
  private final Thread thread = new Thread(this::run, "tombola-control-inbox");
  private volatile boolean closed;
  private boolean failing;

  private ControlInbox(CommandQueue queue, String self, Handler handler) {
    this.queue = queue;
    this.self = self;
    this.handler = handler;
    thread.setDaemon(true);
  }

  /** Starts polling; the caller holds the store's lock until it has closed the inbox. */
  public static ControlInbox start(StoreLayout store, Handler handler) {
    LockHolder self = LockHolder.find(store).orElseThrow();
    ControlInbox inbox =
        new ControlInbox(new CommandQueue(store, Clock.systemUTC()), self.toString(), handler);
    inbox.thread.start();
    return inbox;
  }

  private void run() {
    while (!closed) {
      poll();
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
    }
  }

  private void poll() {
    try {
      for (QueuedCommand command : queue.take()) {
        if (command.to().equals(self)) {
          LOG.info("received command: {} {}", command.command(), command.campaign());
          handler.handle(command.campaign(), command.command());
        } else {
          LOG.info("discarded a command for {}", command.to());
        }
      }
      failing = false;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        LOG.warn("cannot read the command queue; retrying", e);
      }
      failing = true;
    }
  }

  /** Stops polling; waits for a command that is being handled. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(POLL_INTERVAL.multipliedBy(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
