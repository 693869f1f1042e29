package io.tombola.deploy.control;

import io.tombola.deploy.live.CampaignStatus;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.state.CampaignState;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalCursor;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.lock.LockHolder;
import io.tombola.storage.view.CampaignView;
import java.util.ArrayList;
import java.util.List;

/** Reads one campaign's log from the journal. Not thread-safe; the caller closes it. */
final class CampaignJournal implements AutoCloseable {

  private final StoreLayout store;
  private final String campaign;
  private final JournalReader journal;

  CampaignJournal(StoreLayout store, String campaign) {
    this.store = store;
    this.campaign = campaign;
    this.journal = JournalReader.open(store);
  }

  String campaign() {
    return campaign;
  }

  String log() {
    return JournalId.campaign(campaign);
  }

  /** The current state of the campaign; {@link CampaignState#EMPTY} if it has no events. */
  CampaignState state() {
    return journal.fold(
        log(), CampaignState.EMPTY, (state, stored) -> state.apply((CampaignEvent) stored.event()));
  }

  /** The sequence number of the campaign's newest event. */
  long position() {
    return journal.highestSequence(log());
  }

  /** The campaign's events after {@code position}. */
  List<CampaignEvent> since(long position) {
    JournalCursor cursor = new JournalCursor(journal);
    cursor.seek(log(), position);
    List<CampaignEvent> events = new ArrayList<>();
    cursor.forEachRemaining(log(), stored -> events.add((CampaignEvent) stored.event()));
    return events;
  }

  /** How many events the journal has lost. */
  long lostEvents() {
    return journal.lostEvents();
  }

  CampaignStatus status() {
    CampaignView view = CampaignView.read(journal, campaign).orElseThrow();
    return CampaignStatus.of(view, LockHolder.find(store));
  }

  @Override
  public void close() {
    journal.close();
  }
}
