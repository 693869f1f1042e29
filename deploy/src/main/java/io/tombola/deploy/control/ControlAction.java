package io.tombola.deploy.control;

import io.tombola.actors.campaign.ControlCommand;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignResumed;
import java.util.Locale;

/** What a user can have done to a campaign. */
public enum ControlAction {
  /** Trainers stop at their next slice, and nothing is trained until it is resumed. */
  PAUSE(CampaignPaused.class),
  /** It goes on; a pause or a cancellation is taken back. */
  RESUME(CampaignResumed.class),
  /** It stops for good, unless it is resumed. */
  CANCEL(CampaignCancelled.class);

  private final Class<? extends CampaignEvent> event;

  ControlAction(Class<? extends CampaignEvent> event) {
    this.event = event;
  }

  /** What the campaign's supervisor is told. */
  public ControlCommand message() {
    return switch (this) {
      case PAUSE -> new ControlCommand.Pause();
      case RESUME -> new ControlCommand.Resume();
      case CANCEL -> new ControlCommand.Cancel();
    };
  }

  /** Whether {@code persisted} says that such an order is followed. */
  boolean isFollowedBy(CampaignEvent persisted) {
    return event.isInstance(persisted);
  }

  /** As the command is called. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
