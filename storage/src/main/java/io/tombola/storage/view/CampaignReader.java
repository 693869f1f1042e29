package io.tombola.storage.view;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.storage.journal.EventSource;
import io.tombola.storage.journal.JournalCursor;
import io.tombola.storage.journal.StoredEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An incremental projection of a journal: folds each event once into the states of campaigns and
 * replicates. Not thread-safe; does not close the journal.
 */
public final class CampaignReader {

  private static final Comparator<ReplicateId> BY_NUMBER =
      Comparator.comparing(ReplicateId::campaign).thenComparingInt(ReplicateId::replicate);

  private final JournalCursor cursor;
  private final SortedMap<String, CampaignState> campaigns = new TreeMap<>();
  private final SortedMap<ReplicateId, ReplicateState> replicates = new TreeMap<>(BY_NUMBER);

  /** A projection before the first event. */
  public CampaignReader(EventSource journal) {
    cursor = new JournalCursor(journal);
  }

  /**
   * Reads the events since the last call, in order for each id. A journal that lost its end or was
   * replaced by another is read from its first event again.
   *
   * @return the new events
   * @throws io.tombola.storage.DamagedJournalException if one cannot be read
   */
  public List<StoredEvent> follow() {
    JournalCursor.Poll poll = cursor.poll();
    if (poll.restarted()) {
      campaigns.clear();
      replicates.clear();
    }
    poll.events().forEach(this::take);
    return poll.events();
  }

  /** Every campaign that has started, in the order in which they were: the newest is last. */
  public List<CampaignView> campaigns() {
    return campaigns.entrySet().stream()
        .filter(campaign -> campaign.getValue().spec().isPresent())
        .map(campaign -> new CampaignView(campaign.getValue(), replicatesOf(campaign.getKey())))
        .sorted(CampaignView.OLDEST_FIRST)
        .toList();
  }

  private void take(StoredEvent event) {
    JournalId.campaignOf(event.id())
        .ifPresent(
            name ->
                campaigns.put(
                    name,
                    CampaignView.CAMPAIGN_STEP.apply(
                        campaigns.getOrDefault(name, CampaignState.EMPTY), event)));
    JournalId.replicateOf(event.id())
        .ifPresent(
            id ->
                replicates.put(
                    id,
                    CampaignView.REPLICATE_STEP.apply(
                        replicates.getOrDefault(id, ReplicateState.EMPTY), event)));
  }

  private List<ReplicateState> replicatesOf(String campaign) {
    return replicates.entrySet().stream()
        .filter(replicate -> replicate.getKey().campaign().equals(campaign))
        .map(Map.Entry::getValue)
        .toList();
  }
}
