package io.tombola.actors.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import io.tombola.actors.TestCampaigns;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.state.CampaignState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The event-sourced entity of a campaign that this process does not run. */
final class IdleCampaignTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final ActorTestKit kit = ActorTestKit.create(EventSourcedBehaviorTestKit.config());
  private final EventSourcedBehaviorTestKit<ControlCommand, CampaignEvent, CampaignState> campaign =
      EventSourcedBehaviorTestKit.create(
          kit.system(),
          IdleCampaign.create("idle", Clock.fixed(NOW, ZoneOffset.UTC)),
          EventSourcedBehaviorTestKit.disabledSerializationSettings());

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void persistsACommandThatChangesTheCampaign() {
    campaign.initialize(started());
    assertEquals(new CampaignPaused(NOW), campaign.runCommand(ControlCommand.PAUSE).event());
    assertTrue(campaign.runCommand(ControlCommand.PAUSE).hasNoEvents(), "it is paused already");
    assertEquals(new CampaignCancelled(NOW), campaign.runCommand(ControlCommand.CANCEL).event());
    assertTrue(campaign.runCommand(ControlCommand.PAUSE).hasNoEvents(), "it is cancelled");
    assertEquals(campaign.getState(), campaign.restart().state());
  }

  @Test
  void persistsNothingForACampaignThatDoesNotExist() {
    assertTrue(campaign.runCommand(ControlCommand.CANCEL).hasNoEvents());
    assertEquals(CampaignState.EMPTY, campaign.getState());
  }

  private static CampaignStarted started() {
    return new CampaignStarted(
        TestCampaigns.small("idle", 1), new Provenance(new TreeMap<>(), new TreeMap<>()), NOW);
  }
}
