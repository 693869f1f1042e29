package io.tombola.actors.publish;

import io.tombola.actors.publish.EventLog.Entry;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.CampaignEvent.ReplicateAbandoned;
import io.tombola.protocol.state.CampaignState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Follows one campaign's own events. Not thread-safe. */
final class CampaignProjection {

  private static final int PAGE = 500;

  private final String campaign;
  private final Map<Integer, StateVersion> ofReplicates = new HashMap<>();
  private CampaignState state = CampaignState.EMPTY;
  private StateVersion change = StateVersion.NONE;

  CampaignProjection(String campaign) {
    this.campaign = campaign;
  }

  /**
   * Reads what the journal got since.
   *
   * @throws JournalGapException if events are missing; those before the gap are kept
   */
  void follow(EventLog log) {
    List<Entry<CampaignEvent>> page;
    do {
      page = log.read(campaign, change.sequence() + 1, PAGE);
      page.forEach(this::take);
    } while (page.size() == PAGE);
  }

  private void take(Entry<CampaignEvent> entry) {
    long expected = change.sequence() + 1;
    if (entry.sequence() != expected) {
      throw JournalGapException.found(campaign, expected, entry.sequence());
    }
    change = new StateVersion(entry.sequence(), entry.event().at());
    if (entry.event() instanceof CampaignStarted started) {
      IntStream.rangeClosed(1, started.spec().replicates()).forEach(this::changed);
    } else if (entry.event() instanceof CampaignRestarted) {
      state.abandoned().keySet().forEach(this::changed);
    } else if (entry.event() instanceof ReplicateAbandoned given) {
      changed(given.replicate());
    }
    state = state.apply(entry.event());
  }

  private void changed(int replicate) {
    ofReplicates.put(replicate, change);
  }

  /** What the events so far add up to. */
  CampaignState state() {
    return state;
  }

  /** The newest event. */
  StateVersion change() {
    return change;
  }

  /** The newest event that shows in the state of a replicate. */
  StateVersion change(int replicate) {
    return ofReplicates.getOrDefault(replicate, StateVersion.NONE);
  }

  /** Its replicates, whether or not they have events; none before it has started. */
  List<ReplicateId> replicates() {
    return state.spec().stream()
        .flatMapToInt(spec -> IntStream.rangeClosed(1, spec.replicates()))
        .mapToObj(number -> new ReplicateId(campaign, number))
        .toList();
  }
}
