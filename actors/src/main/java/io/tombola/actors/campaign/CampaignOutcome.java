package io.tombola.actors.campaign;

import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.trial.TrialFailure;
import java.util.Optional;

/**
 * How a campaign's work in this process ended.
 *
 * @param failure why it was paused, if it was
 */
public record CampaignOutcome(Kind kind, CampaignState state, Optional<TrialFailure> failure) {

  /** The ways to end. */
  public enum Kind {
    /** Every replicate is completed or abandoned. */
    FINISHED,
    /** Stopped as told; the same command goes on. */
    INTERRUPTED,
    /** Its user ended it; it goes on once that is taken back. */
    CANCELLED,
    /** Stopped by a failure that concerns every replicate; the same command goes on. */
    PAUSED
  }
}
