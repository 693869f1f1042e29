package io.tombola.storage.view;

import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.DeviceUsage;
import io.tombola.storage.DamagedJournalException;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.StoredEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * One campaign as the journal described it when it was read. Immutable.
 *
 * <p>Every method that reads throws {@link DamagedJournalException} if an event cannot be read.
 *
 * @param campaign the state after its own events; it has started
 * @param replicates those with events, by number
 */
public record CampaignView(CampaignState campaign, List<ReplicateState> replicates) {

  static final Comparator<CampaignView> OLDEST_FIRST =
      Comparator.comparing(CampaignView::startedAt).thenComparing(CampaignView::name);

  /** Applies an event of {@link JournalId#campaign} to its state. */
  static final BiFunction<CampaignState, StoredEvent, CampaignState> CAMPAIGN_STEP =
      step(CampaignEvent.class, CampaignState::apply);

  /** Applies an event of {@link JournalId#replicate} to its state. */
  static final BiFunction<ReplicateState, StoredEvent, ReplicateState> REPLICATE_STEP =
      step(ReplicateEvent.class, ReplicateState::apply);

  /** Keeps an immutable copy. */
  public CampaignView {
    replicates = List.copyOf(replicates);
  }

  /** Every campaign in the order of their start: the newest is last. */
  public static List<CampaignView> all(JournalReader journal) {
    return journal.ids().stream()
        .flatMap(id -> JournalId.campaignOf(id).stream())
        .flatMap(campaign -> read(journal, campaign).stream())
        .sorted(OLDEST_FIRST)
        .toList();
  }

  /** The campaign of that name, if it has started. */
  public static Optional<CampaignView> read(JournalReader journal, String campaign) {
    CampaignState state =
        journal.fold(JournalId.campaign(campaign), CampaignState.EMPTY, CAMPAIGN_STEP);
    if (state.spec().isEmpty()) {
      return Optional.empty();
    }
    List<ReplicateState> replicates =
        journal.ids().stream()
            .flatMap(id -> JournalId.replicateOf(id).stream())
            .filter(id -> id.campaign().equals(campaign))
            .sorted(Comparator.comparingInt(ReplicateId::replicate))
            .map(id -> replicate(journal, id))
            .toList();
    return Optional.of(new CampaignView(state, replicates));
  }

  /** Every artifact that at least one campaign still needs. */
  public static Set<ArtifactRef> liveArtifacts(JournalReader journal) {
    return all(journal).stream()
        .flatMap(view -> view.artifacts().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The campaign's name. */
  public String name() {
    return campaign.spec().orElseThrow().name();
  }

  /** When the campaign's first event was persisted. */
  public Instant startedAt() {
    return campaign.startedAt().orElseThrow();
  }

  /** The results so far, by replicate, round and arm. */
  public List<RoundRecord> records() {
    return ReplicateState.recordsOf(replicates);
  }

  /** How the campaign's trials used each device, by device. */
  public List<DeviceUsage> slots() {
    return ReplicateState.slotsOf(replicates);
  }

  /** Every artifact the campaign still needs, in the order of their creation. */
  public Set<ArtifactRef> artifacts() {
    return replicates.stream()
        .flatMap(ReplicateState::artifacts)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static ReplicateState replicate(JournalReader journal, ReplicateId id) {
    return journal.fold(JournalId.replicate(id), ReplicateState.EMPTY, REPLICATE_STEP);
  }

  private static <S, E extends TombolaEvent> BiFunction<S, StoredEvent, S> step(
      Class<E> family, BiFunction<S, E, S> apply) {
    return (state, stored) -> {
      if (!family.isInstance(stored.event())) {
        throw DamagedJournalException.at(
            stored.id(), stored.sequence(), "expected a " + family.getSimpleName());
      }
      return apply.apply(state, family.cast(stored.event()));
    };
  }
}
