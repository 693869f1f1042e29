package io.tombola.actors.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.tombola.actors.TestCampaigns;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrainJob;
import io.tombola.protocol.trial.TrainedTrial;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialStart;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A trainer can run in another process: all of its messages can be serialized. */
final class TrainerMessagesTest {

  private static final TrialId TRIAL = new TrialId("wire", 1, 3, Arm.reinit(2));
  private static final ArtifactRef REF = new ArtifactRef("0".repeat(64));
  private static final CheckpointRef CHECKPOINT = new CheckpointRef(500, REF);

  private final ActorTestKit kit = ActorTestKit.create();

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void commandsAreReadBack() {
    TestProbe<Trainer.Command> trainer = kit.createTestProbe();
    TestProbe<Trainer.Report> supervisor = kit.createTestProbe();
    TrainJob job =
        new TrainJob(
            TRIAL,
            TestCampaigns.small("wire", 3),
            new TrialStart(REF, REF, 20, Optional.of(REF)),
            EngineName.SPARSE,
            Optional.of(CHECKPOINT),
            Optional.of(REF));
    Lease lease = new Lease("cpu:0", 4, trainer.getRef());
    Trainer.Train train = new Trainer.Train(job, lease, supervisor.getRef());
    assertEquals(train, kit.serializationTestKit().verifySerialization(train, false));
    Trainer.CheckpointPersisted persisted = new Trainer.CheckpointPersisted(4, CHECKPOINT);
    assertEquals(persisted, kit.serializationTestKit().verifySerialization(persisted, false));
    Trainer.Stop stop = new Trainer.Stop(4);
    assertEquals(stop, kit.serializationTestKit().verifySerialization(stop, false));
  }

  @Test
  void reportsAreReadBack() {
    verify(new Trainer.CheckpointReached(TRIAL, CHECKPOINT, 12));
    verify(new Trainer.RewindPointReached(TRIAL, CHECKPOINT));
    verify(new Trainer.CheckpointUnusable(TRIAL, CHECKPOINT, "truncated"));
    verify(new Trainer.Trained(TRIAL, new TrainedTrial(1000, REF, REF, "cpu:1", 1234), 12));
    verify(
        new Trainer.Trained(
            TRIAL, new TrainedTrial(1000, REF, REF, "cpu:1", 1234, Optional.of(REF)), 12));
    verify(new Trainer.Stopped(TRIAL, CHECKPOINT, 12));
    verify(new Trainer.Failed(TRIAL, new TrialFailure(TrialFailure.Kind.DIVERGED, "NaN")));
    verify(
        new Trainer.Failed(
            TRIAL,
            new TrialFailure(
                TrialFailure.Kind.DIVERGED, "NaN", Optional.of(12), Optional.of("output"))));
  }

  @Test
  void probesAndTheirRepliesAreReadBack() {
    Trainer.Probe probe = new Trainer.Probe(kit.<Trainer.Health>createTestProbe().getRef());
    assertEquals(probe, kit.serializationTestKit().verifySerialization(probe, false));
    TrialFailure why = new TrialFailure(TrialFailure.Kind.OUT_OF_MEMORY, "none left");
    for (Trainer.Health health :
        List.of(new Trainer.Fit("cpu:0"), new Trainer.Unfit("cpu:0", why))) {
      assertEquals(health, kit.serializationTestKit().verifySerialization(health, false));
    }
  }

  private void verify(Trainer.Report report) {
    assertEquals(report, kit.serializationTestKit().verifySerialization(report, false));
  }
}
