package io.tombola.deploy.serve;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalCursor;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads events that are older than {@link RecentEvents} from the journal. Stateless and
 * thread-safe; blocks.
 */
record EventHistory(StoreLayout store) {

  /**
   * The events of {@code campaign} after {@code position}: at least one if there are any, at most
   * {@code limit}.
   *
   * @throws io.tombola.storage.DamagedJournalException if an event cannot be read
   */
  List<StreamEvent> after(CampaignVersion campaign, VersionVector position, int limit) {
    int logs = campaign.head().logs();
    int share = Math.max(1, limit / Math.max(1, logs));
    List<EventMerger.Log> pages = new ArrayList<>();
    try (JournalReader journal = JournalReader.open(store)) {
      JournalCursor cursor = new JournalCursor(journal);
      for (int log = 0; log < logs; log++) {
        long left = campaign.head().of(log) - position.of(log);
        if (left > 0) {
          String id = id(campaign.name(), log);
          cursor.seek(id, position.of(log));
          List<StoredEvent> events = cursor.next(id, (int) Math.min(left, share));
          pages.add(new EventMerger.Log(events, events.size() >= left));
        }
      }
    }
    Map<TrialId, RoundRecord> results = CampaignVersion.byTrial(campaign.snapshot().results());
    Stream<StoredEvent> merged = EventMerger.merge(pages).stream().limit(limit);
    return merged.map(event -> StreamEvent.of(event, results)).toList();
  }

  private static String id(String campaign, int log) {
    return log == 0
        ? JournalId.campaign(campaign)
        : JournalId.replicate(new ReplicateId(campaign, log));
  }
}
