package io.tombola.deploy.control;

import io.tombola.deploy.live.CampaignStatus;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.state.CampaignState;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.lock.LockHolder;
import io.tombola.storage.view.CampaignView;
import java.util.List;

/** A campaign in the journal, as it is at each question. Belongs to one thread; closed by it. */
final class CampaignJournal implements AutoCloseable {

  private final StoreLayout store;
  private final String campaign;
  private final JournalReader journal;

  CampaignJournal(StoreLayout store, String campaign) {
    this.store = store;
    this.campaign = campaign;
    this.journal = JournalReader.open(store);
  }

  String log() {
    return JournalId.campaign(campaign);
  }

  /** What its own events add up to; {@link CampaignState#EMPTY} if there are none. */
  CampaignState state() {
    return journal.fold(
        log(), CampaignState.EMPTY, (state, stored) -> state.apply((CampaignEvent) stored.event()));
  }

  /** The number of the newest of its own events. */
  long position() {
    return journal.highestSequence(log());
  }

  /** Its own events after {@code position}. */
  List<CampaignEvent> since(long position) {
    return journal.read(log(), position + 1, Integer.MAX_VALUE).stream()
        .map(stored -> (CampaignEvent) stored.event())
        .toList();
  }

  /** How many events the journal has lost. */
  long lostEvents() {
    return journal.lostEvents();
  }

  CampaignStatus status() {
    CampaignView view = CampaignView.read(journal, campaign).orElseThrow();
    return CampaignStatus.of(
        view, LockHolder.find(store).filter(holder -> CampaignStatus.isWorkedOn(view, holder)));
  }

  @Override
  public void close() {
    journal.close();
  }
}
