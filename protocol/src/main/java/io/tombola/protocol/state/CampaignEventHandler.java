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
import io.tombola.protocol.state.CampaignState.ControlState;
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
 * Computes the state of a campaign after one event.
 *
 * @param before the state before the event
 */
record CampaignEventHandler(CampaignState before) implements CampaignEvent.Visitor<CampaignState> {

  @Override
  public CampaignState visit(CampaignStarted event) {
    return new CampaignState(
        Optional.of(event.spec()),
        before.fork(),
        List.of(event.provenance()),
        Optional.of(event.at()),
        Optional.of(event.at()),
        before.finishedAt(),
        before.hold(),
        before.completed(),
        before.abandoned());
  }

  @Override
  public CampaignState visit(CampaignForked event) {
    return new CampaignState(
        before.spec(),
        Optional.of(event),
        before.provenances(),
        before.startedAt(),
        before.takenUpAt(),
        before.finishedAt(),
        before.hold(),
        before.completed(),
        before.abandoned());
  }

  @Override
  public CampaignState visit(CampaignRestarted event) {
    List<Provenance> provenances = new ArrayList<>(before.provenances());
    provenances.add(event.provenance());
    // Abandoned replicates are retried: the cause of the failure may be gone. A pause stays.
    return new CampaignState(
        before.spec(),
        before.fork(),
        List.copyOf(provenances),
        before.startedAt(),
        Optional.of(event.at()),
        Optional.empty(),
        before.hold(),
        before.completed(),
        new TreeMap<>());
  }

  @Override
  public CampaignState visit(CampaignPaused event) {
    return withHold(Optional.of(ControlState.PAUSED));
  }

  @Override
  public CampaignState visit(CampaignResumed event) {
    return withHold(Optional.empty());
  }

  @Override
  public CampaignState visit(CampaignCancelled event) {
    return withHold(Optional.of(ControlState.CANCELLED));
  }

  @Override
  public CampaignState visit(ReplicateCompleted event) {
    SortedSet<Integer> completed = new TreeSet<>(before.completed());
    completed.add(event.replicate());
    return with(before.finishedAt(), before.hold(), completed, before.abandoned());
  }

  @Override
  public CampaignState visit(ReplicateAbandoned event) {
    SortedMap<Integer, TrialFailure> abandoned = new TreeMap<>(before.abandoned());
    abandoned.put(event.replicate(), event.failure());
    return with(before.finishedAt(), before.hold(), before.completed(), abandoned);
  }

  @Override
  public CampaignState visit(CampaignFinished event) {
    // A finished campaign has no work left that could be paused.
    return with(Optional.of(event.at()), Optional.empty(), before.completed(), before.abandoned());
  }

  private CampaignState withHold(Optional<ControlState> hold) {
    return with(before.finishedAt(), hold, before.completed(), before.abandoned());
  }

  private CampaignState with(
      Optional<Instant> finishedAt,
      Optional<ControlState> hold,
      SortedSet<Integer> completed,
      SortedMap<Integer, TrialFailure> abandoned) {
    return new CampaignState(
        before.spec(),
        before.fork(),
        before.provenances(),
        before.startedAt(),
        before.takenUpAt(),
        finishedAt,
        hold,
        completed,
        abandoned);
  }
}
