package io.tombola.actors.failure;

import java.time.Duration;

/** What follows the failure of a step. */
public sealed interface FailureAction {

  /**
   * Run the step again after a pause.
   *
   * @param quarantine whether the device, too, is not leased for that long
   */
  record Retry(Duration pause, boolean quarantine) implements FailureAction {}

  /** The trial ends without a result, permanently. */
  record EndTrial() implements FailureAction {}

  /** The replicate ends in this run; the others continue. */
  record AbandonReplicate() implements FailureAction {}

  /** No replicate can continue; the campaign stops and can be resumed. */
  record StopCampaign() implements FailureAction {}
}
