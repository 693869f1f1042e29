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

/** What the lookout remembers of a campaign from one look to the next. Confined to its thread. */
final class CampaignEventLog {

  /** Whoever follows a campaign hears of its devices no more often, give or take a look. */
  private static final Duration PACE = Duration.ofMillis(900);

  private VersionVector head = VersionVector.BEGINNING;
  private RecentEvents tail = RecentEvents.EMPTY;
  private final Map<Integer, StoredEvent> last = new HashMap<>();
  private long epoch;
  private Optional<Heartbeat> told = Optional.empty();
  private Instant toldAt = Instant.EPOCH;

  /**
   * Takes what a look brought. A log that was read again is passed over as far as it is known, and
   * takes the place of the one before if it is another.
   */
  void take(List<StoredEvent> news, Map<TrialId, RoundRecord> results) {
    SortedMap<Integer, List<StoredEvent>> logs =
        news.stream()
            .collect(Collectors.groupingBy(StreamEvent::logOf, TreeMap::new, Collectors.toList()));
    if (isReadAgain(logs) && !continues(logs)) {
      epoch++;
      head = VersionVector.BEGINNING;
      tail = RecentEvents.EMPTY;
      last.clear();
    }
    List<EventMerger.Log> strands = new ArrayList<>();
    logs.forEach(
        (log, events) -> {
          long known = head.of(log);
          List<StoredEvent> more = events.stream().filter(e -> e.sequence() > known).toList();
          strands.add(new EventMerger.Log(more, true));
          StoredEvent newest = events.get(events.size() - 1);
          last.put(log, newest);
          head = head.with(log, newest.sequence());
        });
    tail =
        tail.with(
            EventMerger.of(strands).stream().map(event -> StreamEvent.of(event, results)).toList());
  }

  private boolean isReadAgain(Map<Integer, List<StoredEvent>> logs) {
    return logs.entrySet().stream()
        .anyMatch(log -> log.getValue().get(0).sequence() <= head.of(log.getKey()));
  }

  private boolean continues(Map<Integer, List<StoredEvent>> logs) {
    return last.entrySet().stream()
        .allMatch(known -> logs.getOrDefault(known.getKey(), List.of()).contains(known.getValue()));
  }

  /** What to tell of the devices: the newest, but not at any pace. */
  Optional<Heartbeat> pace(Optional<Heartbeat> live, Instant now) {
    if (!told.equals(live) && !now.isBefore(toldAt.plus(PACE))) {
      told = live;
      toldAt = now;
    }
    return told;
  }

  VersionVector head() {
    return head;
  }

  RecentEvents tail() {
    return tail;
  }

  /** Grows when the log was replaced. */
  long epoch() {
    return epoch;
  }
}
