package io.tombola.deploy.live;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.StoredEvent;
import io.tombola.storage.lock.LockHolder;
import io.tombola.storage.view.CampaignReader;
import io.tombola.storage.view.CampaignView;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Watches a store, also while a process works on it and after it was killed and started again. Each
 * event is read once. Not thread-safe; the caller closes it.
 */
public final class StoreMonitor implements AutoCloseable {

  /** Events of a campaign that are kept for those who look. */
  public static final int EVENTS = 200;

  private final StoreLayout store;
  private final Clock clock;
  private final JournalReader journal;
  private final CampaignReader follower;
  private final HeartbeatFile live;
  private final Map<String, Deque<EventLine>> events = new HashMap<>();
  private List<StoredEvent> news = List.of();

  /**
   * Begins to watch.
   *
   * @throws io.tombola.storage.NoStoreException if there is no store
   */
  public StoreMonitor(StoreLayout store, Clock clock) {
    this.store = store;
    this.clock = clock;
    journal = JournalReader.open(store);
    follower = new CampaignReader(journal);
    live = new HeartbeatFile(store);
  }

  /**
   * How the store is now.
   *
   * @throws io.tombola.storage.DamagedJournalException if an event cannot be read
   */
  public StoreSnapshot look() throws IOException {
    Optional<LockHolder> holder = LockHolder.find(store);
    Optional<Heartbeat> doing = live.read();
    news = follower.follow();
    news.stream().sorted(Comparator.comparing(stored -> stored.event().at())).forEach(this::note);
    return new StoreSnapshot(
        store.root().toString(),
        clock.instant(),
        follower.campaigns().stream().map(view -> snapshot(view, holder, doing)).toList());
  }

  /**
   * The events that the last look was the first to see, each log's in their order. A log that was
   * replaced begins again with number 1.
   */
  public List<StoredEvent> news() {
    return news;
  }

  /** All that the journal told of the campaigns up to the last look, the newest last. */
  public List<CampaignView> views() {
    return follower.campaigns();
  }

  private CampaignSnapshot snapshot(
      CampaignView view, Optional<LockHolder> holder, Optional<Heartbeat> doing) {
    Optional<LockHolder> worker = holder.filter(who -> CampaignStatus.isWorkedOn(view, who));
    return new CampaignSnapshot(
        view.campaign().spec().orElseThrow(),
        CampaignStatus.of(view, worker),
        doing
            .filter(state -> state.campaign().equals(view.name()))
            .filter(state -> worker.filter(who -> who.pid() == state.pid()).isPresent()),
        view.records(),
        List.copyOf(events.getOrDefault(view.name(), new ArrayDeque<>())));
  }

  private void note(StoredEvent stored) {
    Optional<String> own = JournalId.campaignOf(stored.id());
    String campaign =
        own.or(() -> JournalId.replicateOf(stored.id()).map(ReplicateId::campaign)).orElseThrow();
    Deque<EventLine> lines = events.computeIfAbsent(campaign, none -> new ArrayDeque<>());
    // A log that is read from its beginning again takes the place of the one before.
    if (own.isPresent() && stored.sequence() == 1) {
      lines.clear();
    }
    lines.addLast(EventLine.of(stored));
    if (lines.size() > EVENTS) {
      lines.removeFirst();
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}
