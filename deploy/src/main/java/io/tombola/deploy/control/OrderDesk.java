package io.tombola.deploy.control;

import io.tombola.deploy.live.CampaignStatus;
import io.tombola.storage.CampaignView;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import java.time.Clock;
import java.time.Duration;

/**
 * Has orders carried out: by the process that works on the store, or, where there is none, by an
 * entry in the journal. Thread-safe.
 */
public final class OrderDesk {

  private final StoreLayout store;

  @SuppressWarnings("UnusedVariable") // Stamps what is entered where nobody works on the store.
  private final Clock clock;

  /** A desk for the campaigns of {@code store}. */
  public OrderDesk(StoreLayout store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Gives {@code order} to {@code campaign} and waits until the journal holds it; one that is
   * followed already is followed at once.
   *
   * @param patience how long the process at work has to carry it out; withdrawn after that
   * @return how the campaign is then
   * @throws OrderRefusedException if there is no such campaign, or it cannot follow
   * @throws OrderUnansweredException if the process at work did not carry it out in time
   * @throws io.tombola.storage.NoStoreException if there is no store
   * @throws InterruptedException if the caller was interrupted; the order is withdrawn
   */
  public CampaignStatus give(String campaign, Order order, Duration patience)
      throws InterruptedException {
    try (JournalReader journal = JournalReader.open(store)) {
      if (CampaignView.read(journal, campaign).isEmpty()) {
        throw new OrderRefusedException(
            "expected a campaign in " + store.root() + ", found none named '" + campaign + "'");
      }
    }
    throw new OrderUnansweredException(
        "expected " + order + " to be carried out within " + patience + ", found nobody to do it");
  }
}
