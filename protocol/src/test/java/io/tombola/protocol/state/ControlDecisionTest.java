package io.tombola.protocol.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignFinished;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignResumed;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.CampaignEvent.ReplicateAbandoned;
import io.tombola.protocol.event.EventSamples;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.state.CampaignState.ControlState;
import io.tombola.protocol.trial.TrialFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControlDecisionTest {

  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
  private static final CampaignState BEGUN =
      CampaignState.EMPTY.apply((CampaignStarted) EventSamples.ALL.get(0));
  private static final CampaignState PAUSED = BEGUN.apply(new CampaignPaused(AT));
  private static final CampaignState CANCELLED = PAUSED.apply(new CampaignCancelled(AT));

  @Test
  void grantsWhatChangesSomething() {
    assertEquals(granted(new CampaignPaused(AT)), ControlDecision.onPause(BEGUN, AT));
    assertEquals(granted(new CampaignCancelled(AT)), ControlDecision.onCancel(BEGUN, AT));
    assertEquals(granted(new CampaignCancelled(AT)), ControlDecision.onCancel(PAUSED, AT));
    assertEquals(granted(new CampaignResumed(AT)), ControlDecision.onResume(PAUSED, AT));
    assertEquals(granted(new CampaignResumed(AT)), ControlDecision.onResume(CANCELLED, AT));
  }

  @Test
  void persistsNothingForWhatIsSoAlready() {
    assertInstanceOf(ControlDecision.NoChange.class, ControlDecision.onPause(PAUSED, AT));
    assertInstanceOf(ControlDecision.NoChange.class, ControlDecision.onResume(BEGUN, AT));
    assertInstanceOf(ControlDecision.NoChange.class, ControlDecision.onCancel(CANCELLED, AT));
  }

  @Test
  void refusesWhatCannotBeAndSaysWhatToType() {
    assertRefused("is cancelled; 'tombola resume'", ControlDecision.onPause(CANCELLED, AT));
    CampaignState failed =
        BEGUN
            .apply(new ReplicateAbandoned(1, new TrialFailure(TrialFailure.Kind.BUG, "b"), AT))
            .apply(new CampaignFinished(AT));
    all(CampaignState.EMPTY).forEach(r -> assertRefused("has not started; 'tombola run'", r));
    all(PAUSED.apply(new CampaignFinished(AT))).forEach(r -> assertRefused("is finished", r));
    all(failed).forEach(r -> assertRefused("has failed; 'tombola run'", r));
  }

  @Test
  void aProcessThatTakesTheCampaignUpChangesNothingOfWhatTheUserWants() {
    CampaignState takenUp =
        PAUSED.apply(
            new CampaignRestarted(
                new Provenance(new TreeMap<>(), new TreeMap<>()), AT.plusSeconds(9)));
    assertEquals(Optional.of(ControlState.PAUSED), takenUp.hold());
    assertEquals(Optional.of(AT.plusSeconds(9)), takenUp.takenUpAt());
    assertEquals(BEGUN, PAUSED.apply(new CampaignResumed(AT)));
  }

  private static Stream<ControlDecision> all(CampaignState campaign) {
    return Stream.of(
        ControlDecision.onPause(campaign, AT),
        ControlDecision.onResume(campaign, AT),
        ControlDecision.onCancel(campaign, AT));
  }

  private static ControlDecision granted(CampaignEvent event) {
    return new ControlDecision.Accepted(event);
  }

  private static void assertRefused(String begin, ControlDecision ruling) {
    assertTrue(
        ruling instanceof ControlDecision.Rejected refused && refused.why().startsWith(begin),
        ruling.toString());
  }
}
