package io.tombola.actors.campaign;

import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.Ruling;
import java.time.Instant;

/** What its user wants of a campaign. */
public sealed interface UserOrder extends CampaignSupervisor.Command {

  /** Whether {@code campaign} can follow. */
  Ruling ruling(CampaignState campaign, Instant at);

  /** Trainers stop at their next slice, and nothing is trained until the user has it go on. */
  record Pause() implements UserOrder {

    @Override
    public Ruling ruling(CampaignState campaign, Instant at) {
      return Ruling.onPause(campaign, at);
    }
  }

  /** It goes on; a pause or a cancellation is taken back. */
  record Resume() implements UserOrder {

    @Override
    public Ruling ruling(CampaignState campaign, Instant at) {
      return Ruling.onResume(campaign, at);
    }
  }

  /** Trainers stop at their next slice, and the campaign's work ends. */
  record Cancel() implements UserOrder {

    @Override
    public Ruling ruling(CampaignState campaign, Instant at) {
      return Ruling.onCancel(campaign, at);
    }
  }
}
