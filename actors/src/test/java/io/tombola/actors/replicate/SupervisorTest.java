package io.tombola.actors.replicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import io.tombola.actors.TestCampaigns;
import io.tombola.actors.WorkerProbes;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.round.Rewinder;
import io.tombola.actors.round.Step;
import io.tombola.actors.round.StepReply;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent;
import io.tombola.protocol.event.ReplicateEvent.ReplicateStarted;
import io.tombola.protocol.event.ReplicateEvent.TrialPrepared;
import io.tombola.protocol.event.ReplicateEvent.WeightsInitialized;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.trial.MaskDensity;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialStart;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event-sourced supervisor of one replicate: reply, event, next step. */
final class SupervisorTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final CampaignSpec CAMPAIGN = TestCampaigns.small("supervised", 1);
  private static final ArtifactRef WEIGHTS = new ArtifactRef("a".repeat(64));
  private static final ArtifactRef MASK = new ArtifactRef("b".repeat(64));
  private static final MaskDensity DENSE = new MaskDensity(List.of());
  private static final Step.Prepare PREPARE = new Step.Prepare(0, Arm.TICKET);
  private static final WeightsInitialized INITIALIZED =
      new WeightsInitialized(WEIGHTS, MASK, DENSE, NOW);
  private static final TrialPrepared PREPARED =
      new TrialPrepared(0, Arm.TICKET, new TrialStart(WEIGHTS, MASK), DENSE, EngineName.DL4J, NOW);

  @TempDir Path folder;

  private final ActorTestKit kit = ActorTestKit.create(EventSourcedBehaviorTestKit.config());
  private final WorkerProbes probes = WorkerProbes.of(kit);
  private final TestProbe<Supervisor.Ended> parent = kit.createTestProbe();
  private EventSourcedBehaviorTestKit<Supervisor.Command, ReplicateEvent, ReplicateState>
      supervisor;

  @BeforeEach
  void start() {
    supervisor =
        EventSourcedBehaviorTestKit.create(
            kit.system(),
            Supervisor.create(
                new Supervisor.Settings(
                    CAMPAIGN,
                    1,
                    probes.workers(),
                    WorkerProbes.resources(folder, NOW),
                    new FailurePolicy(0, 0, 0, FailurePolicy.MAX_PAUSE),
                    parent.getRef())),
            EventSourcedBehaviorTestKit.disabledSerializationSettings());
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void persistsTheEventOfEachReplyAndThenIssuesTheNextStep() {
    Rewinder.Initialize initialize = expect(Rewinder.Initialize.class);
    initialize.replyTo().tell(new StepReply.Done(initialize.step(), INITIALIZED));
    Rewinder.Prepare prepare = expect(Rewinder.Prepare.class);
    assertEquals(PREPARE, prepare.step());
    prepare.replyTo().tell(new StepReply.Done(prepare.step(), PREPARED));

    DevicePool.Request request = probes.pool().expectMessageClass(DevicePool.Request.class);
    assertEquals(new TrialId("supervised", 1, 0, Arm.TICKET), request.trial());
    assertPersisted(new ReplicateStarted(CAMPAIGN, 1, NOW), INITIALIZED, PREPARED);
  }

  @Test
  void issuesAStepInFlightAgainAfterARestart() {
    Rewinder.Initialize initialize = expect(Rewinder.Initialize.class);
    initialize.replyTo().tell(new StepReply.Done(initialize.step(), INITIALIZED));
    expect(Rewinder.Prepare.class);
    supervisor.restart();
    assertEquals(PREPARE, expect(Rewinder.Prepare.class).step());
  }

  @Test
  void stopsOnceTheStepInFlightIsPersisted() {
    Rewinder.Initialize initialize = expect(Rewinder.Initialize.class);
    assertTrue(supervisor.runCommand(new Supervisor.Stop()).hasNoEvents());
    initialize.replyTo().tell(new StepReply.Done(initialize.step(), INITIALIZED));
    parent.expectMessage(new Supervisor.Ended(1, new ReplicateOutcome.Stopped()));
    probes.rewinder().expectNoMessage();
    assertPersisted(new ReplicateStarted(CAMPAIGN, 1, NOW), INITIALIZED);
  }

  @Test
  void abandonsTheReplicateWhenAStepOfTheChainHasNoRetriesLeft() {
    TrialFailure failure = new TrialFailure(TrialFailure.Kind.BUG, "injected");
    Rewinder.Initialize initialize = expect(Rewinder.Initialize.class);
    initialize.replyTo().tell(new StepReply.Failed(initialize.step(), failure));
    parent.expectMessage(new Supervisor.Ended(1, new ReplicateOutcome.Abandoned(failure)));
    assertPersisted(new ReplicateStarted(CAMPAIGN, 1, NOW));
  }

  private <R extends Rewinder.Command> R expect(Class<R> request) {
    return probes.rewinder().expectMessageClass(request);
  }

  private void assertPersisted(ReplicateEvent... events) {
    String journal = JournalId.replicate(new ReplicateId("supervised", 1));
    for (ReplicateEvent event : events) {
      supervisor.persistenceTestKit().expectNextPersisted(journal, event);
    }
    supervisor.persistenceTestKit().expectNothingPersisted(journal);
  }
}
