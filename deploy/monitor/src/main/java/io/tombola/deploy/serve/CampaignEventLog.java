package io.tombola.deploy.serve;

import io.tombola.deploy.live.Heartbeat;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.storage.journal.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The poller's state of one campaign between polls. Not thread-safe: the poller's thread only. */
final class CampaignEventLog {

  /** Minimum interval between heartbeats sent to stream clients. */
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(900);

  private VersionVector head = VersionVector.BEGINNING;
  private RecentEvents recentEvents = RecentEvents.EMPTY;
  private final Map<Integer, StoredEvent> last = new HashMap<>();
  private long epoch;
  private Optional<Heartbeat> heartbeat = Optional.empty();
  private Instant heartbeatAt = Instant.EPOCH;

  /**
   * Adds the events of a poll. Of a log that was read again, known events are skipped; if its
   * events differ from the known ones, it replaces the previous log.
   */
  void add(List<StoredEvent> newEvents, Map<TrialId, RoundRecord> results) {
    SortedMap<Integer, List<StoredEvent>> logs =
        newEvents.stream()
            .collect(Collectors.groupingBy(StreamEvent::logOf, TreeMap::new, Collectors.toList()));
    if (isReadAgain(logs) && !continues(logs)) {
      epoch++;
      head = VersionVector.BEGINNING;
      recentEvents = RecentEvents.EMPTY;
      last.clear();
    }
    List<EventMerger.Log> newLogs = new ArrayList<>();
    logs.forEach(
        (log, events) -> {
          long known = head.of(log);
          List<StoredEvent> more = events.stream().filter(e -> e.sequence() > known).toList();
          newLogs.add(new EventMerger.Log(more, true));
          StoredEvent newest = events.get(events.size() - 1);
          last.put(log, newest);
          head = head.with(log, newest.sequence());
        });
    recentEvents =
        recentEvents.with(
            EventMerger.merge(newLogs).stream()
                .map(event -> StreamEvent.of(event, results))
                .toList());
  }

  private boolean isReadAgain(Map<Integer, List<StoredEvent>> logs) {
    return logs.entrySet().stream()
        .anyMatch(log -> log.getValue().get(0).sequence() <= head.of(log.getKey()));
  }

  private boolean continues(Map<Integer, List<StoredEvent>> logs) {
    return last.entrySet().stream()
        .allMatch(known -> logs.getOrDefault(known.getKey(), List.of()).contains(known.getValue()));
  }

  /** The heartbeat for stream clients: the latest, at most one per interval. */
  Optional<Heartbeat> throttle(Optional<Heartbeat> latest, Instant now) {
    if (!heartbeat.equals(latest) && !now.isBefore(heartbeatAt.plus(HEARTBEAT_INTERVAL))) {
      heartbeat = latest;
      heartbeatAt = now;
    }
    return heartbeat;
  }

  VersionVector head() {
    return head;
  }

  RecentEvents recentEvents() {
    return recentEvents;
  }

  /** Increases when the log is replaced. */
  long epoch() {
    return epoch;
  }
}
