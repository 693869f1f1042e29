package io.tombola.actors.progress;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;

/** One message about the progress of a campaign, for display. */
public sealed interface Progress {

  /** A device has started or resumed a training, at {@code iteration}. */
  record TrainingBegan(TrialId trial, String device, int iteration, int iterations)
      implements Progress {}

  /** A device trained a slice; loss and accuracy as last measured on the validation set. */
  record TrainingAdvanced(
      TrialId trial,
      String device,
      int iteration,
      int iterations,
      double validationLossNats,
      double validationAccuracyPercent)
      implements Progress {}

  /** A training has ended on its device, finished or not. */
  record TrainingLeft(TrialId trial, String device) implements Progress {}

  /** The mask of a round is known. */
  record Pruned(ReplicateId replicate, int round, MaskDensity density) implements Progress {}

  /** A trial's result or final failure is persisted. */
  record TrialEnded(RoundRecord record) implements Progress {}

  /** A device failed its first probe after a failure; it is probed again after {@code rest}. */
  record DeviceUnfit(String device, TrialFailure why, Duration rest) implements Progress {}

  /** A step failed and is retried after a pause. */
  record Retrying(ReplicateId replicate, String step, TrialFailure failure, Duration pause)
      implements Progress {}

  /** The number of trials that wait for a device has changed. */
  record TrialsWaiting(int trials) implements Progress {}

  /**
   * A trainer's process ended unexpectedly.
   *
   * @param how the predicate of a sentence whose subject is the trainer
   */
  record TrainerEnded(String device, String how) implements Progress {}

  /** Every training has stopped after the user's pause; the process waits. */
  record CampaignPaused(String campaign) implements Progress {}

  /** Training continues after the user's resume. */
  record CampaignResumed(String campaign) implements Progress {}
}
