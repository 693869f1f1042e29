package io.tombola.actors.campaign;

import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ControlDecision;
import java.time.Instant;

/** What its user wants of a campaign. */
public sealed interface ControlCommand extends CampaignSupervisor.Command {

  /** Whether {@code campaign} can follow. */
  ControlDecision ruling(CampaignState campaign, Instant at);

  /** Trainers stop at their next slice, and nothing is trained until the user has it go on. */
  record Pause() implements ControlCommand {

    @Override
    public ControlDecision ruling(CampaignState campaign, Instant at) {
      return ControlDecision.onPause(campaign, at);
    }
  }

  /** It goes on; a pause or a cancellation is taken back. */
  record Resume() implements ControlCommand {

    @Override
    public ControlDecision ruling(CampaignState campaign, Instant at) {
      return ControlDecision.onResume(campaign, at);
    }
  }

  /** Trainers stop at their next slice, and the campaign's work ends. */
  record Cancel() implements ControlCommand {

    @Override
    public ControlDecision ruling(CampaignState campaign, Instant at) {
      return ControlDecision.onCancel(campaign, at);
    }
  }
}
