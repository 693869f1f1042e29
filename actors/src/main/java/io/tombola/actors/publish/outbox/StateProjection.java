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
  // How far a campaign had come when nothing of it was left to publish.
  private final Map<String, StateVersion> told = new HashMap<>();

  /** A board of campaigns whose replicates others follow. */
  StateProjection(EventSource journal, Map<ReplicateId, ReplicateProjection> replicates) {
    this.journal = journal;
    this.replicates = replicates;
  }

  /** Reads the new events of the campaigns among {@code ids}. */
  void follow(Set<String> ids, FirstFailure trouble) {
    ids.stream()
        .flatMap(id -> JournalId.campaignOf(id).stream())
        .forEach(
            name -> campaigns.computeIfAbsent(name, none -> new CampaignProjection(name, journal)));
    campaigns.values().forEach(tail -> trouble.guard(tail::follow));
  }

  /** The states that are not as they were last published, those of a campaign one by one. */
  List<CampaignMessage> due() {
    List<CampaignMessage> due = new ArrayList<>();
    campaigns.forEach(
        (name, tail) -> {
          StateVersion now = change(tail);
          if (!now.equals(told.get(name))) {
            List<CampaignMessage> changed = states(tail, now).stream().filter(this::isNew).toList();
            if (changed.isEmpty()) {
              told.put(name, now);
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

  private StateVersion change(CampaignProjection campaign) {
    return campaign.replicates().stream()
        .map(id -> tail(id).change())
        .reduce(campaign.change(), StateVersion::and);
  }

  private List<CampaignMessage> states(CampaignProjection campaign, StateVersion whole) {
    List<CampaignMessage> states = new ArrayList<>();
    List<ReplicateState> parts = new ArrayList<>();
    for (ReplicateId id : campaign.replicates()) {
      ReplicateProjection tail = tail(id);
      StateVersion change = campaign.change(id.replicate()).and(tail.change());
      Span span = new Span(tail.startedAt(), change.at());
      parts.add(tail.state());
      states.add(
          new CampaignMessage(
              CampaignProgress.of(id.replicate(), tail.state(), campaign.state(), span),
              change.sequence()));
    }
    if (!parts.isEmpty()) {
      states.add(
          new CampaignMessage(
              CampaignProgress.of(campaign.state(), parts, whole.at()), whole.sequence()));
    }
    return states;
  }

  /** A replicate without events is as one that was not read. */
  private ReplicateProjection tail(ReplicateId id) {
    return replicates.getOrDefault(id, new ReplicateProjection(id, journal));
  }
}
