package io.tombola.actors.campaign;

import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.trial.TrialFailure;
import java.util.Optional;

/**
 * How a campaign's work in this process ended.
 *
 * @param failure the failure that stopped it, if it is {@link Kind#STOPPED_BY_FAILURE}
 */
public record CampaignOutcome(Kind kind, CampaignState state, Optional<TrialFailure> failure) {

  /** The ways to end. */
  public enum Kind {
    /** Every replicate is completed or abandoned. */
    FINISHED,
    /** Stopped on request; the same command resumes the campaign. */
    INTERRUPTED,
    /** Cancelled by its user; resuming it revokes that. */
    CANCELLED,
    /** Stopped by a failure that concerns every replicate; the same command resumes it. */
    STOPPED_BY_FAILURE
  }
}
