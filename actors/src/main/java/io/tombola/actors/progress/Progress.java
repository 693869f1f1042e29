package io.tombola.actors.progress;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Duration;

/** One piece of news. */
public sealed interface Progress {

  /** A device took a training up, at {@code iteration}. */
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

  /** A training left its device. */
  record TrainingLeft(TrialId trial, String device) implements Progress {}

  /** The mask of a round is known. */
  record Pruned(ReplicateId replicate, int round, MaskDensity density) implements Progress {}

  /** A trial's result or final failure is persisted. */
  record TrialEnded(RoundRecord record) implements Progress {}

  /** A device that rested after a failure is not fit again; it is probed again after a rest. */
  record DeviceUnfit(String device, TrialFailure why, Duration rest) implements Progress {}

  /** A step failed and will be done again after a pause. */
  record Retrying(ReplicateId replicate, String step, TrialFailure failure, Duration pause)
      implements Progress {}

  /** So many trials wait for a device now. */
  record TrialsWaiting(int trials) implements Progress {}

  /**
   * A trainer's process ended before its time.
   *
   * @param how goes on a sentence that begins with the trainer
   */
  record TrainerEnded(String device, String how) implements Progress {}

  /** Nothing is trained any more, as the user wants it; the process waits. */
  record CampaignPaused(String campaign) implements Progress {}

  /** The user has it go on. */
  record CampaignResumed(String campaign) implements Progress {}
}
