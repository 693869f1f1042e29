package io.tombola.deploy.control;

import io.tombola.actors.campaign.ControlCommand;
import io.tombola.deploy.live.CampaignStatus;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Sends control commands to campaigns: to the process that runs the store or, if none does,
 * straight into the journal. Thread-safe.
 */
public final class ControlClient {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final Duration TAKEN_COMMAND_TIMEOUT = Duration.ofSeconds(2);

  private final StoreLayout store;
  private final Clock clock;

  /** A client for the campaigns of {@code store}. */
  public ControlClient(StoreLayout store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Sends {@code command} to {@code campaign} and waits until the journal records it; returns at
   * once if the campaign is already in the requested state.
   *
   * @param timeout how long the running process has to execute it; withdrawn after that
   * @return the status of the campaign after the command
   * @throws CommandRejectedException if there is no such campaign, or its state does not allow it
   * @throws CommandTimeoutException if the running process did not execute it in time
   * @throws io.tombola.storage.NoStoreException if there is no store
   * @throws InterruptedException if the caller was interrupted; the command is withdrawn
   */
  public CampaignStatus send(String campaign, ControlCommand command, Duration timeout)
      throws InterruptedException {
    try (CampaignJournal journal = new CampaignJournal(store, campaign)) {
      CommandDelivery delivery = new CommandDelivery(store, journal, command, clock);
      try {
        long end = System.nanoTime() + timeout.toNanos();
        while (!delivery.attempt()) {
          if (System.nanoTime() - end > 0) {
            awaitTakenCommand(delivery, campaign, command, timeout);
            break;
          }
          TimeUnit.NANOSECONDS.sleep(POLL_INTERVAL.toNanos());
        }
      } finally {
        delivery.withdraw();
      }
      return journal.status();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + store.commands(), e);
    }
  }

  /** Waits a little longer for a command that the process has already taken. */
  private static void awaitTakenCommand(
      CommandDelivery delivery, String campaign, ControlCommand command, Duration timeout)
      throws IOException, InterruptedException {
    String recipient = delivery.recipient();
    boolean withdrawn = delivery.withdraw();
    long end = System.nanoTime() + (withdrawn ? 0 : TAKEN_COMMAND_TIMEOUT.toNanos());
    do {
      if (delivery.isRecorded()) {
        return;
      }
      TimeUnit.NANOSECONDS.sleep(POLL_INTERVAL.toNanos());
    } while (System.nanoTime() - end < 0);
    throw new CommandTimeoutException(
        "expected %s to %s '%s' within %d s, found that it did not; %s"
            .formatted(
                recipient,
                command,
                campaign,
                timeout.toSeconds(),
                withdrawn
                    ? "it may still be starting: the command is withdrawn, try again later"
                    : "it has received the command: 'tombola status' shows the result"));
  }
}
