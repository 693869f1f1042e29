package io.tombola.protocol.state;

import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignForked;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state of a campaign, folded from its own events. Immutable.
 *
 * @param spec empty until the campaign has started
 * @param fork where its first rounds come from, if they are another campaign's
 * @param provenances the provenance of each process that ran it, oldest first
 * @param takenUpAt when the latest process started or restarted it
 * @param hold whether the user paused or cancelled it; empty: neither
 * @param completed replicates whose trials have all ended
 * @param abandoned replicates that failed permanently, with the reason
 */
public record CampaignState(
    Optional<CampaignSpec> spec,
    Optional<CampaignForked> fork,
    List<Provenance> provenances,
    Optional<Instant> startedAt,
    Optional<Instant> takenUpAt,
    Optional<Instant> finishedAt,
    Optional<ControlState> hold,
    SortedSet<Integer> completed,
    SortedMap<Integer, TrialFailure> abandoned) {

  /** How a user can stop a campaign. */
  public enum ControlState {
    /** No training until the user resumes the campaign. */
    PAUSED,
    /** Ended early; the user can still resume it. */
    CANCELLED
  }

  /** Before the first event. */
  public static final CampaignState EMPTY =
      new CampaignState(
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new TreeSet<>(),
          new TreeMap<>());

  /** The state after {@code event}. */
  public CampaignState apply(CampaignEvent event) {
    return event.accept(new CampaignEventHandler(this));
  }

  /** Whether every replicate is completed or abandoned. */
  public boolean settled() {
    return spec.isPresent() && completed.size() + abandoned.size() == spec.get().replicates();
  }
}
