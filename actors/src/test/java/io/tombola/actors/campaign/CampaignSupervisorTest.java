package io.tombola.actors.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import io.tombola.actors.TestCampaigns;
import io.tombola.actors.WorkerProbes;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressStream;
import io.tombola.actors.round.Rewinder;
import io.tombola.actors.round.StepReply;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignResumed;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.Provenance;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.CampaignState;
import io.tombola.protocol.trial.TrialFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event-sourced supervisor of a campaign: its phases, with workers that only fail. */
final class CampaignSupervisorTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final CampaignSpec CAMPAIGN = TestCampaigns.small("led", 1);
  private static final Provenance PROVENANCE = new Provenance(new TreeMap<>(), new TreeMap<>());

  @TempDir Path folder;

  private final ActorTestKit kit = ActorTestKit.create(EventSourcedBehaviorTestKit.config());
  private final WorkerProbes probes = WorkerProbes.of(kit);
  private final TestProbe<CampaignOutcome> parent = kit.createTestProbe();
  private final TestProbe<Progress> progress = kit.createTestProbe();
  private EventSourcedBehaviorTestKit<CampaignSupervisor.Command, CampaignEvent, CampaignState>
      supervisor;

  @BeforeEach
  void start() {
    new ProgressStream(kit.system()).subscribe(progress.getRef());
    supervisor =
        EventSourcedBehaviorTestKit.create(
            kit.system(),
            CampaignSupervisor.create(settings(CAMPAIGN)),
            EventSourcedBehaviorTestKit.disabledSerializationSettings());
  }

  private CampaignSupervisor.Settings settings(CampaignSpec campaign) {
    return new CampaignSupervisor.Settings(
        campaign,
        PROVENANCE,
        probes.workers(),
        WorkerProbes.resources(folder, NOW),
        FailurePolicy.DEFAULT,
        parent.getRef());
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void pausesResumesAndCancelsItsReplicates() {
    failStepsInFlightAfter(ControlCommand.PAUSE);
    progress.expectMessage(new Progress.CampaignPaused("led"));
    probes.rewinder().expectNoMessage();

    supervisor.runCommand(ControlCommand.RESUME);
    progress.expectMessage(new Progress.CampaignResumed("led"));
    failStepsInFlightAfter(ControlCommand.CANCEL);
    assertEquals(CampaignOutcome.Kind.CANCELLED, parent.receiveMessage().kind());
    assertPersisted(
        new CampaignStarted(CAMPAIGN, PROVENANCE, NOW),
        new CampaignPaused(NOW),
        new CampaignResumed(NOW),
        new CampaignCancelled(NOW));
  }

  @Test
  void aStopInterruptsTheRun() {
    failStepsInFlightAfter(new CampaignSupervisor.Stop());
    assertEquals(CampaignOutcome.Kind.INTERRUPTED, parent.receiveMessage().kind());
    assertPersisted(new CampaignStarted(CAMPAIGN, PROVENANCE, NOW));
  }

  @Test
  void staysPausedAfterARestart() {
    failStepsInFlightAfter(ControlCommand.PAUSE);
    progress.expectMessage(new Progress.CampaignPaused("led"));
    assertTrue(supervisor.getState().hold().isPresent());
    supervisor.restart();
    progress.expectMessage(new Progress.CampaignPaused("led"));
    probes.rewinder().expectNoMessage();
    assertPersisted(
        new CampaignStarted(CAMPAIGN, PROVENANCE, NOW),
        new CampaignPaused(NOW),
        new CampaignRestarted(PROVENANCE, NOW));
  }

  @Test
  void handlesACommandThatArrivesDuringRecoveryBeforeReplicatesStart() {
    failStepsInFlightAfter(ControlCommand.PAUSE);
    progress.expectMessage(new Progress.CampaignPaused("led"));
    CampaignSpec other = TestCampaigns.small("early", 1);
    kit.spawn(CampaignSupervisor.create(settings(other))).tell(ControlCommand.PAUSE);
    progress.expectMessage(new Progress.CampaignPaused("early"));
    probes.rewinder().expectNoMessage();
  }

  /** Both replicates have a step in flight when the command comes; neither retries it after. */
  private void failStepsInFlightAfter(CampaignSupervisor.Command command) {
    Rewinder.Initialize first = probes.rewinder().expectMessageClass(Rewinder.Initialize.class);
    Rewinder.Initialize second = probes.rewinder().expectMessageClass(Rewinder.Initialize.class);
    supervisor.runCommand(command);
    fail(first);
    fail(second);
  }

  private static void fail(Rewinder.Initialize request) {
    request
        .replyTo()
        .tell(
            new StepReply.Failed(
                request.step(), new TrialFailure(TrialFailure.Kind.BUG, "injected")));
  }

  private void assertPersisted(CampaignEvent... events) {
    for (CampaignEvent event : events) {
      supervisor.persistenceTestKit().expectNextPersisted(JournalId.campaign("led"), event);
    }
    supervisor.persistenceTestKit().expectNothingPersisted(JournalId.campaign("led"));
  }
}
