package io.tombola.deploy.run;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent.CampaignForked;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.protocol.state.Fork;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.storage.BadJournalAddressException;
import io.tombola.storage.JournalAddress;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalBinding;
import io.tombola.storage.journal.JournalCursor;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.JournalWriter;
import io.tombola.storage.lock.StoreLock;
import io.tombola.storage.view.CampaignView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a campaign from a round of another one in the same store. Its first rounds reuse the
 * events and artifacts of the other campaign; nothing is trained again.
 *
 * @param origin the campaign to fork
 * @param round the last round that is reused
 * @param campaign the new campaign, with another name
 */
public record CampaignFork(String origin, int round, CampaignSpec campaign) {

  /**
   * Writes the new campaign's first events, unless an earlier call wrote them; {@code run} then
   * resumes it.
   *
   * @param address the requested journal address; empty: the current one
   * @throws BadJournalAddressException if the journal has another address; nothing is written then
   * @throws InvalidSpecException if the new campaign cannot continue from that round
   */
  public void begin(StoreLayout store, Optional<JournalAddress> address, Clock clock) {
    try (StoreLock lock = StoreLock.acquire(store)) {
      JournalBinding.bind(store, address);
      begin(store, clock);
    }
  }

  private void begin(StoreLayout store, Clock clock) {
    try (JournalReader journal = JournalReader.open(store)) {
      CampaignView from = CampaignView.read(journal, origin).orElseThrow();
      Optional<CampaignView> there = CampaignView.read(journal, campaign.name());
      if (there.isPresent()) {
        requireSame(there.get());
        return;
      }
      check(from.campaign().spec().orElseThrow());
      JournalWriter.begin(store, events(from, journal, clock.instant()));
    }
  }

  /** The same fork may exist already; any other campaign of that name is an error. */
  private void requireSame(CampaignView there) {
    boolean same =
        there
            .campaign()
            .fork()
            .filter(fork -> fork.from().equals(origin) && fork.round() == round)
            .isPresent();
    if (!same) {
      throw new InvalidSpecException(
          "name", "a name that the store does not contain yet", "'" + campaign.name() + "'");
    }
  }

  private void check(CampaignSpec from) {
    require("seed", from.seed(), campaign.seed());
    require("network", from.network(), campaign.network());
    require("dataset", from.dataset().withoutDir(), campaign.dataset().withoutDir());
    if (round > campaign.pruning().rounds()) {
      throw new InvalidSpecException(
          "pruning.rounds",
          "at least the round forked from, " + round,
          campaign.pruning().rounds());
    }
  }

  private void require(String key, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw new InvalidSpecException(
          key, "that of " + origin + ", " + expected + ", since its rounds are reused", found);
    }
  }

  private Map<String, List<TombolaEvent>> events(
      CampaignView from, JournalReader journal, Instant now) {
    Map<String, List<TombolaEvent>> events = new LinkedHashMap<>();
    List<Provenance> provenances = from.campaign().provenances();
    events.put(
        JournalId.campaign(campaign.name()),
        List.of(
            new CampaignStarted(campaign, provenances.get(provenances.size() - 1), now),
            new CampaignForked(origin, round, now)));
    for (ReplicateState replicate : from.replicates()) {
      if (replicate.replicate() <= campaign.replicates()) {
        events.put(
            JournalId.replicate(new ReplicateId(campaign.name(), replicate.replicate())),
            List.copyOf(replicateEvents(replicate.id(), journal)));
      }
    }
    return events;
  }

  private List<ReplicateEvent> replicateEvents(ReplicateId from, JournalReader journal) {
    List<ReplicateEvent> all = new ArrayList<>();
    new JournalCursor(journal)
        .forEachRemaining(
            JournalId.replicate(from), stored -> all.add((ReplicateEvent) stored.event()));
    Fork fork = new Fork(campaign, round);
    List<ReplicateEvent> reused = fork.events(all);
    ReplicateState state = ReplicateState.of(reused);
    if (!fork.complete(state)) {
      throw new InvalidSpecException(
          "from-round",
          "a round whose %s has a result in every replicate of %s"
              .formatted(campaign.chain(round), origin),
          round + ", which replicate " + from.replicate() + " has none of");
    }
    boolean hasPoint =
        state.rewindPoint().filter(p -> p.iteration() == campaign.rewind().to()).isPresent();
    if (campaign.rewind().toTrainedWeights() && !hasPoint) {
      throw new InvalidSpecException(
          "rewind.to",
          "an iteration whose weights " + origin + " saved",
          campaign.rewind().to() + ", whose weights it did not save");
    }
    return reused;
  }
}
