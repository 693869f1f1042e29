package io.tombola.actors.publish.outbox;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.record.CampaignRecord;
import io.tombola.protocol.state.CampaignProgress;
import io.tombola.protocol.state.CampaignProgress.Span;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.storage.journal.EventSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The states of a store's campaigns and their replicates, and which of them this process has
 * published. Not thread-safe.
 */
final class StateProjection {

  private final EventSource journal;
  private final Map<String, CampaignProjection> campaigns = new TreeMap<>();
  private final Map<ReplicateId, ReplicateProjection> replicates;
  private final Map<String, CampaignRecord> published = new HashMap<>();
  // The version of a campaign at which all of its states were published.
  private final Map<String, LastChange> settled = new HashMap<>();

  /** A projection of campaigns whose replicates the outbox follows. */
  StateProjection(EventSource journal, Map<ReplicateId, ReplicateProjection> replicates) {
    this.journal = journal;
    this.replicates = replicates;
  }

  /** Reads the new events of the campaigns among {@code ids}. */
  void follow(Set<String> ids, FirstFailure failures) {
    ids.stream()
        .flatMap(id -> JournalId.campaignOf(id).stream())
        .forEach(
            name -> campaigns.computeIfAbsent(name, none -> new CampaignProjection(name, journal)));
    campaigns.values().forEach(projection -> failures.guard(projection::follow));
  }

  /** The states that differ from what was last published. */
  List<CampaignMessage> due() {
    List<CampaignMessage> due = new ArrayList<>();
    campaigns.forEach(
        (name, projection) -> {
          LastChange now = change(projection);
          if (!now.equals(settled.get(name))) {
            List<CampaignMessage> changed =
                states(projection, now).stream().filter(this::isNew).toList();
            if (changed.isEmpty()) {
              settled.put(name, now);
            }
            due.addAll(changed);
          }
        });
    return due;
  }

  void published(List<CampaignMessage> messages) {
    messages.forEach(message -> published.put(message.campaign().key(), message.campaign()));
  }

  private boolean isNew(CampaignMessage message) {
    CampaignRecord before = published.get(message.campaign().key());
    return before == null || !before.tellsTheSameAs(message.campaign());
  }

  private LastChange change(CampaignProjection campaign) {
    return campaign.replicates().stream()
        .map(id -> replicate(id).change())
        .reduce(campaign.change(), LastChange::and);
  }

  private List<CampaignMessage> states(CampaignProjection campaign, LastChange whole) {
    List<CampaignMessage> states = new ArrayList<>();
    List<ReplicateState> parts = new ArrayList<>();
    for (ReplicateId id : campaign.replicates()) {
      ReplicateProjection projection = replicate(id);
      LastChange change = campaign.change(id.replicate()).and(projection.change());
      Span span = new Span(projection.startedAt(), change.at());
      parts.add(projection.state());
      states.add(
          new CampaignMessage(
              CampaignProgress.of(id.replicate(), projection.state(), campaign.state(), span),
              change.sequence()));
    }
    if (!parts.isEmpty()) {
      states.add(
          new CampaignMessage(
              CampaignProgress.of(campaign.state(), parts, whole.at()), whole.sequence()));
    }
    return states;
  }

  /** A replicate without events has an empty projection. */
  private ReplicateProjection replicate(ReplicateId id) {
    return replicates.getOrDefault(id, new ReplicateProjection(id, journal));
  }
}
