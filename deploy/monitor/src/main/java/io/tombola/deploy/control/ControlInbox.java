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
 * Hands orders that users give from elsewhere to the process that works on the store, about twice a
 * second. Those to an earlier process are nobody's: they go unheeded, and whoever still waits gives
 * them anew. Whoever starts it closes it.
 */
public final class ControlInbox implements AutoCloseable {

  /** Follows orders. */
  @FunctionalInterface
  public interface Follower {

    /** Returns at once; called on the intake's thread. */
    void follow(String campaign, ControlCommand order);
  }

  private static final Logger LOG = LoggerFactory.getLogger(ControlInbox.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final CommandQueue mailbox;
  private final String self;
  private final Follower follower;
  private final Thread thread = new Thread(this::run, "tombola-orders");
  private volatile boolean closed;
  private boolean troubled;

  private ControlInbox(CommandQueue mailbox, String self, Follower follower) {
    this.mailbox = mailbox;
    this.self = self;
    this.follower = follower;
    thread.setDaemon(true);
  }

  /** Begins; the caller holds the store's lock until it has closed this. */
  public static ControlInbox start(StoreLayout store, Follower follower) {
    LockHolder self = LockHolder.find(store).orElseThrow();
    ControlInbox intake =
        new ControlInbox(new CommandQueue(store, Clock.systemUTC()), self.toString(), follower);
    intake.thread.start();
    return intake;
  }

  private void run() {
    while (!closed) {
      look();
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private void look() {
    try {
      for (QueuedCommand letter : mailbox.take()) {
        if (letter.to().equals(self)) {
          LOG.info("{} {}, as ordered", letter.order(), letter.campaign());
          follower.follow(letter.campaign(), letter.order());
        } else {
          LOG.info("passed over an order to {}", letter.to());
        }
      }
      troubled = false;
    } catch (IOException | RuntimeException e) {
      if (!troubled) {
        LOG.warn("cannot take orders, and will try again", e);
      }
      troubled = true;
    }
  }

  /** Takes no more orders; waits for one that is being handed on. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(BETWEEN_LOOKS.multipliedBy(2).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
