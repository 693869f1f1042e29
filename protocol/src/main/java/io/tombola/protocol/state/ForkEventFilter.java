package io.tombola.protocol.state;

import io.tombola.protocol.Arm;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.CheckpointDropped;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.ReplicateEvent.MaskPruned;
import io.tombola.protocol.event.ReplicateEvent.ReplicateFinished;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.RewindPointSaved;
import io.tombola.protocol.event.ReplicateEvent.TrialEvaluated;
import io.tombola.protocol.event.ReplicateEvent.TrialFailed;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.TrialTrained;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.spec.CampaignSpec;
import java.util.Optional;

/**
 * Gives a fork's copy of each event of the other campaign's replicate; empty for events that the
 * fork does not reuse.
 *
 * @param campaign the new campaign
 * @param round the last round that is reused
 * @param origin the final state of the other campaign's replicate
 */
record ForkEventFilter(CampaignSpec campaign, int round, ReplicateState origin)
    implements ReplicateEvent.Visitor<Optional<ReplicateEvent>> {

  @Override
  public Optional<ReplicateEvent> visit(ReplicateStarted event) {
    return Optional.of(new ReplicateStarted(campaign, event.replicate(), event.at()));
  }

  @Override
  public Optional<ReplicateEvent> visit(WeightsInitialized event) {
    return Optional.of(event);
  }

  @Override
  public Optional<ReplicateEvent> visit(RewindPointSaved event) {
    return Optional.of(event);
  }

  @Override
  public Optional<ReplicateEvent> visit(MaskPruned event) {
    return event.round() <= round ? Optional.of(event) : Optional.empty();
  }

  @Override
  public Optional<ReplicateEvent> visit(TrialPrepared event) {
    return reuses(event.round(), event.arm()) ? Optional.of(event) : Optional.empty();
  }

  @Override
  public Optional<ReplicateEvent> visit(CheckpointSaved event) {
    return Optional.empty();
  }

  @Override
  public Optional<ReplicateEvent> visit(CheckpointDropped event) {
    return Optional.empty();
  }

  @Override
  public Optional<ReplicateEvent> visit(TrialTrained event) {
    // Without the device usage, which belongs to the other campaign.
    return reuses(event.round(), event.arm())
        ? Optional.of(new TrialTrained(event.round(), event.arm(), event.trained(), event.at()))
        : Optional.empty();
  }

  @Override
  public Optional<ReplicateEvent> visit(TrialEvaluated event) {
    return reuses(event.round(), event.arm()) ? Optional.of(event) : Optional.empty();
  }

  @Override
  public Optional<ReplicateEvent> visit(TrialFailed event) {
    return Optional.empty();
  }

  @Override
  public Optional<ReplicateEvent> visit(ReplicateFinished event) {
    return Optional.empty();
  }

  /** Only trials with a result are reused. */
  private boolean reuses(int trialRound, Arm arm) {
    return trialRound <= round
        && campaign.arms(trialRound).contains(arm)
        && origin.trial(trialRound, arm).filter(trial -> trial.metrics().isPresent()).isPresent();
  }
}
