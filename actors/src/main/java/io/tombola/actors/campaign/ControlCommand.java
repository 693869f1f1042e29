package io.tombola.actors.campaign;

import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignResumed;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.state.ControlDecision;
import java.time.Instant;
import java.util.Locale;

/** A user's command to a campaign. */
public enum ControlCommand implements CampaignSupervisor.Command {
  /** Trainers stop at their next slice; nothing is trained until the campaign is resumed. */
  PAUSE(CampaignPaused.class),
  /** Training continues; revokes a pause or a cancellation. */
  RESUME(CampaignResumed.class),
  /** Trainers stop at their next slice and the run ends; a later resume revokes it. */
  CANCEL(CampaignCancelled.class);

  private final Class<? extends CampaignEvent> event;

  ControlCommand(Class<? extends CampaignEvent> event) {
    this.event = event;
  }

  /** Whether {@code campaign} accepts this command, and the event that records it. */
  public ControlDecision decide(CampaignState campaign, Instant at) {
    return switch (this) {
      case PAUSE -> ControlDecision.onPause(campaign, at);
      case RESUME -> ControlDecision.onResume(campaign, at);
      case CANCEL -> ControlDecision.onCancel(campaign, at);
    };
  }

  /** Whether {@code persisted} records that a campaign accepted this command. */
  public boolean isRecordedBy(CampaignEvent persisted) {
    return event.isInstance(persisted);
  }

  /** The name of the subcommand: {@code pause}, {@code resume} or {@code cancel}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
