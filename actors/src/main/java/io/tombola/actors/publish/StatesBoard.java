package io.tombola.actors.publish;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.record.CampaignRecord;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.state.Standing;
import io.tombola.protocol.state.Standing.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The states of a store's campaigns and their replicates, and which of them this process has
 * published. Not thread-safe.
 */
final class StatesBoard {

  private final Map<String, CampaignTail> campaigns = new TreeMap<>();
  private final Map<ReplicateId, ReplicateTail> replicates;
  private final Map<String, CampaignRecord> published = new HashMap<>();
  // How far a campaign had come when nothing of it was left to publish.
  private final Map<String, Change> told = new HashMap<>();

  /** A board of campaigns whose replicates others follow. */
  StatesBoard(Map<ReplicateId, ReplicateTail> replicates) {
    this.replicates = replicates;
  }

  /** Reads what the journal got of the campaigns' own events. */
  void follow(EventLog log, Trouble trouble) {
    log.campaigns().forEach(name -> campaigns.computeIfAbsent(name, CampaignTail::new));
    campaigns.values().forEach(tail -> trouble.guard(() -> tail.follow(log)));
  }

  /** The states that are not as they were last published, those of a campaign one by one. */
  List<CampaignMessage> due() {
    List<CampaignMessage> due = new ArrayList<>();
    campaigns.forEach(
        (name, tail) -> {
          Change now = change(tail);
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

  private Change change(CampaignTail campaign) {
    return campaign.replicates().stream()
        .map(id -> tail(id).change())
        .reduce(campaign.change(), Change::and);
  }

  private List<CampaignMessage> states(CampaignTail campaign, Change whole) {
    List<CampaignMessage> states = new ArrayList<>();
    List<ReplicateState> parts = new ArrayList<>();
    for (ReplicateId id : campaign.replicates()) {
      ReplicateTail tail = tail(id);
      Change change = campaign.change(id.replicate()).and(tail.change());
      Span span = new Span(tail.startedAt(), change.at());
      parts.add(tail.state());
      states.add(
          new CampaignMessage(
              Standing.of(id.replicate(), tail.state(), campaign.state(), span),
              change.sequence()));
    }
    if (!parts.isEmpty()) {
      states.add(
          new CampaignMessage(Standing.of(campaign.state(), parts, whole.at()), whole.sequence()));
    }
    return states;
  }

  /** A replicate without events is as one that was not read. */
  private ReplicateTail tail(ReplicateId id) {
    return replicates.getOrDefault(id, new ReplicateTail(id));
  }
}
