package io.tombola.actors.publish.outbox;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.CampaignEvent.ReplicateAbandoned;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.state.CampaignState;
import io.tombola.storage.journal.EventSource;
import io.tombola.storage.journal.JournalCursor;
import io.tombola.storage.journal.StoredEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A projection of one campaign's own events. Not thread-safe. */
final class CampaignProjection {

  private final String campaign;
  private final JournalCursor cursor;
  private final Map<Integer, LastChange> ofReplicates = new HashMap<>();
  private CampaignState state = CampaignState.EMPTY;
  private LastChange change = LastChange.NONE;

  CampaignProjection(String campaign, EventSource journal) {
    this.campaign = campaign;
    cursor = new JournalCursor(journal);
  }

  /**
   * Reads the new events of the journal.
   *
   * @throws io.tombola.storage.DamagedJournalException if one is missing; those before it are kept
   */
  void follow() {
    cursor.forEachRemaining(JournalId.campaign(campaign), this::take);
  }

  private void take(StoredEvent stored) {
    CampaignEvent event = (CampaignEvent) stored.event();
    change = new LastChange(stored.sequence(), event.at());
    if (event instanceof CampaignStarted started) {
      IntStream.rangeClosed(1, started.spec().replicates()).forEach(this::changed);
    } else if (event instanceof CampaignRestarted) {
      state.abandoned().keySet().forEach(this::changed);
    } else if (event instanceof ReplicateAbandoned abandoned) {
      changed(abandoned.replicate());
    }
    state = state.apply(event);
  }

  private void changed(int replicate) {
    ofReplicates.put(replicate, change);
  }

  /** The state after the events so far. */
  CampaignState state() {
    return state;
  }

  /** The newest event. */
  LastChange change() {
    return change;
  }

  /** The newest event that changes the state of a replicate. */
  LastChange change(int replicate) {
    return ofReplicates.getOrDefault(replicate, LastChange.NONE);
  }

  /** Its replicates, whether or not they have events; none before it has started. */
  List<ReplicateId> replicates() {
    return state.spec().stream()
        .flatMapToInt(spec -> IntStream.rangeClosed(1, spec.replicates()))
        .mapToObj(number -> new ReplicateId(campaign, number))
        .toList();
  }
}
