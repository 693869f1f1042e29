package io.tombola.deploy.live;

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
 * Polls a store, also while a process runs it and after that process was killed and restarted.
 * Reads each event once. Not thread-safe; the caller closes it.
 */
public final class StoreMonitor implements AutoCloseable {

  /** Number of recent events kept for each campaign. */
  public static final int EVENTS = 200;

  private final StoreLayout store;
  private final Clock clock;
  private final JournalReader journal;
  private final CampaignReader follower;
  private final HeartbeatFile heartbeatFile;
  private final Map<String, Deque<EventLine>> events = new HashMap<>();
  private List<StoredEvent> newEvents = List.of();

  /**
   * Opens the journal of {@code store}.
   *
   * @throws io.tombola.storage.NoStoreException if there is no store
   */
  public StoreMonitor(StoreLayout store, Clock clock) {
    this.store = store;
    this.clock = clock;
    journal = JournalReader.open(store);
    follower = new CampaignReader(journal);
    heartbeatFile = new HeartbeatFile(store);
  }

  /**
   * Reads new events and the heartbeat, and returns the current state.
   *
   * @throws io.tombola.storage.DamagedJournalException if an event cannot be read
   */
  public StoreSnapshot poll() throws IOException {
    Optional<LockHolder> holder = LockHolder.find(store);
    Optional<Heartbeat> heartbeat = heartbeatFile.read();
    newEvents = follower.follow();
    newEvents.stream()
        .sorted(Comparator.comparing(stored -> stored.event().at()))
        .forEach(this::append);
    return new StoreSnapshot(
        store.root().toString(),
        clock.instant(),
        follower.campaigns().stream().map(view -> snapshot(view, holder, heartbeat)).toList());
  }

  /**
   * The events that the last poll read, ordered within each log. A replaced log restarts with
   * sequence number 1.
   */
  public List<StoredEvent> newEvents() {
    return newEvents;
  }

  /** The campaigns as of the last poll, newest last. */
  public List<CampaignView> views() {
    return follower.campaigns();
  }

  private CampaignSnapshot snapshot(
      CampaignView view, Optional<LockHolder> holder, Optional<Heartbeat> heartbeat) {
    CampaignStatus status = CampaignStatus.of(view, holder);
    return new CampaignSnapshot(
        view.campaign().spec().orElseThrow(),
        status,
        heartbeat
            .filter(state -> state.campaign().equals(view.name()))
            .filter(
                state -> status.process().filter(lock -> lock.pid() == state.pid()).isPresent()),
        view.records(),
        List.copyOf(events.getOrDefault(view.name(), new ArrayDeque<>())));
  }

  private void append(StoredEvent stored) {
    String campaign = JournalId.ownerOf(stored.id()).orElseThrow();
    Deque<EventLine> lines = events.computeIfAbsent(campaign, none -> new ArrayDeque<>());
    // A log that restarts at sequence 1 replaces the previous one.
    if (stored.sequence() == 1 && stored.id().equals(JournalId.campaign(campaign))) {
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
