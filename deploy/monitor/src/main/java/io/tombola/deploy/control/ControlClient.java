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
 * Has orders carried out: by the process that works on the store, or, where there is none, by an
 * entry in the journal. Thread-safe.
 */
public final class ControlClient {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

  private final StoreLayout store;
  private final Clock clock;

  /** A desk for the campaigns of {@code store}. */
  public ControlClient(StoreLayout store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Gives {@code order} to {@code campaign} and waits until the journal holds it; one that is
   * followed already is followed at once.
   *
   * @param patience how long the process at work has to carry it out; withdrawn after that
   * @return how the campaign is then
   * @throws CommandRejectedException if there is no such campaign, or it cannot follow
   * @throws CommandTimeoutException if the process at work did not carry it out in time
   * @throws io.tombola.storage.NoStoreException if there is no store
   * @throws InterruptedException if the caller was interrupted; the order is withdrawn
   */
  public CampaignStatus give(String campaign, ControlCommand order, Duration patience)
      throws InterruptedException {
    try (CampaignJournal book = new CampaignJournal(store, campaign)) {
      CommandDelivery errand = new CommandDelivery(store, clock, campaign, order, book);
      try {
        long end = System.nanoTime() + patience.toNanos();
        while (!errand.attempt()) {
          if (System.nanoTime() - end > 0) {
            giveUp(errand, campaign, order, patience);
            break;
          }
          TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        }
      } finally {
        errand.withdraw();
      }
      return book.status();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + store.orders(), e);
    }
  }

  /** Returns if the order turns out to be followed after all. */
  private static void giveUp(
      CommandDelivery errand, String campaign, ControlCommand order, Duration patience)
      throws IOException, InterruptedException {
    String who = errand.addressee();
    boolean back = errand.withdraw();
    long end = System.nanoTime() + (back ? 0 : LAST_PATIENCE.toNanos());
    do {
      if (errand.isFollowed()) {
        return;
      }
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    } while (System.nanoTime() - end < 0);
    throw new CommandTimeoutException(
        "expected %s to %s '%s' within %d s, found that it did not; %s"
            .formatted(
                who,
                order,
                campaign,
                patience.toSeconds(),
                back
                    ? "it may still be starting: the order is withdrawn, give it again later"
                    : "it has the order: 'tombola status' shows what becomes of it"));
  }
}
