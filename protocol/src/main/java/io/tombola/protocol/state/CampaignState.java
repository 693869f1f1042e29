package io.tombola.protocol.state;

import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.CampaignForked;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignResumed;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.CampaignEvent.ReplicateAbandoned;
import io.tombola.protocol.event.CampaignEvent.ReplicateCompleted;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A campaign, as its own events tell it. Immutable.
 *
 * @param spec empty until the campaign has started
 * @param fork where its first rounds come from, if they are another campaign's
 * @param provenances what each process that worked on it ran on, the first first
 * @param takenUpAt when the newest process took it up
 * @param hold what keeps it from going on, if its user wants that
 * @param completed replicates that did all their trials
 * @param abandoned replicates that were given up, with the reason
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

  /** What a user can want of a campaign besides its going on. */
  public enum ControlState {
    /** It waits. */
    PAUSED,
    /** It is over, unless the user takes that back. */
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
    if (event instanceof CampaignStarted started) {
      return new CampaignState(
          Optional.of(started.spec()),
          fork,
          List.of(started.provenance()),
          Optional.of(started.at()),
          Optional.of(started.at()),
          finishedAt,
          hold,
          completed,
          abandoned);
    }
    if (event instanceof CampaignForked forked) {
      return new CampaignState(
          spec,
          Optional.of(forked),
          provenances,
          startedAt,
          takenUpAt,
          finishedAt,
          hold,
          completed,
          abandoned);
    }
    if (event instanceof CampaignRestarted resumed) {
      return takenUp(resumed);
    }
    if (event instanceof CampaignPaused) {
      return heldBy(Optional.of(ControlState.PAUSED));
    }
    if (event instanceof CampaignResumed) {
      return heldBy(Optional.empty());
    }
    if (event instanceof CampaignCancelled) {
      return heldBy(Optional.of(ControlState.CANCELLED));
    }
    return endedBy(event);
  }

  private CampaignState takenUp(CampaignRestarted resumed) {
    List<Provenance> longer = new ArrayList<>(provenances);
    longer.add(resumed.provenance());
    // What was given up is tried again: the cause may be gone. What the user wants stays.
    return new CampaignState(
        spec,
        fork,
        List.copyOf(longer),
        startedAt,
        Optional.of(resumed.at()),
        Optional.empty(),
        hold,
        completed,
        new TreeMap<>());
  }

  private CampaignState heldBy(Optional<ControlState> by) {
    return with(finishedAt, by, completed, abandoned);
  }

  private CampaignState endedBy(CampaignEvent event) {
    if (event instanceof ReplicateCompleted done) {
      SortedSet<Integer> more = new TreeSet<>(completed);
      more.add(done.replicate());
      return with(finishedAt, hold, more, abandoned);
    }
    if (event instanceof ReplicateAbandoned given) {
      SortedMap<Integer, TrialFailure> more = new TreeMap<>(abandoned);
      more.put(given.replicate(), given.failure());
      return with(finishedAt, hold, completed, more);
    }
    if (event instanceof CampaignFinished finish) {
      // There is nothing left to wait with.
      return with(Optional.of(finish.at()), Optional.empty(), completed, abandoned);
    }
    throw new IllegalStateException("no such event: " + event);
  }

  private CampaignState with(
      Optional<Instant> finish,
      Optional<ControlState> by,
      SortedSet<Integer> done,
      SortedMap<Integer, TrialFailure> given) {
    return new CampaignState(
        spec, fork, provenances, startedAt, takenUpAt, finish, by, done, given);
  }

  /** Whether every replicate is completed or abandoned. */
  public boolean settled() {
    return spec.isPresent() && completed.size() + abandoned.size() == spec.get().replicates();
  }
}
