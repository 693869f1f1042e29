package io.tombola.actors.failure;

import java.time.Duration;

/** What to do about a failed step. */
public sealed interface FailureAction {

  /**
   * Do the step again after a pause.
   *
   * @param quarantine whether the device rests for that long as well
   */
  record Retry(Duration pause, boolean quarantine) implements FailureAction {}

  /** The trial has ended without a result, for good. */
  record EndTrial() implements FailureAction {}

  /** The replicate is given up in this run; the others go on. */
  record AbandonReplicate() implements FailureAction {}

  /** No replicate can go on; the campaign stops where it is and can be resumed. */
  record PauseCampaign() implements FailureAction {}
}
