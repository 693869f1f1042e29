package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import io.tombola.actors.device.Lease;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.progress.ProgressStream;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.trial.CheckpointRef;
import io.tombola.protocol.trial.TrainJob;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.protocol.trial.TrialStart;
import io.tombola.training.Checkpoint;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.start.InitialTicket;
import io.tombola.training.start.StartingPoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trainer with the real engine: 60 iterations, a checkpoint every 20. */
final class TrainerTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final CampaignSpec CAMPAIGN = TestCampaigns.small("trainer", 1);
  private static final TrialId TRIAL = new TrialId("trainer", 1, 0, Arm.TICKET);

  @TempDir Path folder;

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<Trainer.Report> supervisor = kit.createTestProbe();
  private final List<SessionSpec> opened = new CopyOnWriteArrayList<>();
  private final AtomicBoolean noMemory = new AtomicBoolean();
  private WorkerResources resources;
  private ActorRef<Trainer.Command> trainer;

  @BeforeEach
  void spawnTrainer() {
    resources = new TestRun(folder).resources();
    trainer =
        kit.spawn(
            Trainer.create(
                resources,
                "cpu:0",
                () -> new FailingEngine(TestRun.open("cpu:0"), spec -> open(spec))),
            "trainer",
            DispatcherSelector.fromConfig("tombola.trainer-dispatcher"));
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  @Test
  void staysAtACheckpointUntilItIsPersisted() {
    train(1, CAMPAIGN);
    CheckpointRef reached = checkpoint(20);
    trainer.tell(new Trainer.CheckpointPersisted(1, new CheckpointRef(20, ref('0'))));
    trainer.tell(new Trainer.CheckpointPersisted(7, reached));
    trainer.tell(new Trainer.Stop(1));
    assertEquals(reached, stopped());
  }

  @Test
  void evaluatesButDoesNotTrainUntilACheckpointIsPersisted() {
    TestProbe<Progress> progress = kit.createTestProbe();
    new ProgressStream(kit.system()).subscribe(progress.getRef());
    OptimizerSpec adam = CAMPAIGN.training().optimizer();
    train(1, TestCampaigns.with(CAMPAIGN, new TrainingSpec(60, 60, adam, 20, 20)));
    CheckpointRef reached = checkpoint(20);
    Checkpoint stored = resources.checkpoint(reached.artifact());
    assertEquals(1, stored.curve().points().size(), "it is not evaluated yet");
    for (int atTwenty = 0; atTwenty < 2; ) {
      Progress next = progress.receiveMessage(TIMEOUT);
      if (next instanceof Progress.TrainingAdvanced advanced && advanced.iteration() == 20) {
        atTwenty++;
      }
    }
    trainer.tell(new Trainer.Stop(1));
    Checkpoint last = resources.checkpoint(stopped().artifact());
    assertEquals(20, last.iteration());
    assertEquals(List.of(0, 20), last.curve().points().stream().map(p -> p.iteration()).toList());
    assertEquals(stored.position(), last.position());
  }

  @Test
  void continuesOnceEachCheckpointIsAcknowledged() {
    train(1, CAMPAIGN);
    trainer.tell(new Trainer.CheckpointPersisted(1, checkpoint(20)));
    trainer.tell(new Trainer.CheckpointPersisted(1, checkpoint(40)));
    Trainer.Trained end = assertInstanceOf(Trainer.Trained.class, next());
    assertEquals(60, end.result().iterations());
  }

  @Test
  void waitsForTheAcknowledgementOfTheRewindPoint() {
    train(
        1,
        TestCampaigns.with(
            CAMPAIGN,
            new RewindSpec(RewindSpec.Mode.WEIGHTS, 20, RewindSpec.OptimizerHandling.FRESH)));
    var point = assertInstanceOf(Trainer.RewindPointReached.class, next());
    CheckpointRef reached = checkpoint(20);
    trainer.tell(new Trainer.CheckpointPersisted(1, reached));
    trainer.tell(new Trainer.Stop(1));
    assertEquals(reached, stopped(), "the rewind point is not acknowledged");

    train(2, CAMPAIGN, Optional.of(reached));
    assertEquals(40, checkpoint(40).iteration(), "a resumed training saves no rewind point again");
    assertEquals(20, point.point().iteration());
  }

  @Test
  void replacesATrainingThatWaitsByANewerOne() {
    train(1, CAMPAIGN);
    CheckpointRef first = checkpoint(20);
    train(2, CAMPAIGN);
    assertEquals(first, checkpoint(20), "the same training gives the same checkpoint");
    trainer.tell(new Trainer.CheckpointPersisted(1, first));
    trainer.tell(new Trainer.Stop(2));
    assertEquals(first, stopped(), "the acknowledgement of an old lease has no effect");
  }

  @Test
  void aDeviceWithoutMemoryIsUnfitUntilTheFailedJobFits() {
    TestProbe<Trainer.Health> pool = kit.createTestProbe();
    noMemory.set(true);
    train(1, CAMPAIGN);
    Trainer.Failed failed = assertInstanceOf(Trainer.Failed.class, next());
    assertEquals(TrialFailure.Kind.OUT_OF_MEMORY, failed.failure().kind());

    trainer.tell(new Trainer.Probe(pool.getRef()));
    Trainer.Unfit unfit = assertInstanceOf(Trainer.Unfit.class, pool.receiveMessage(TIMEOUT));
    assertEquals(TrialFailure.Kind.OUT_OF_MEMORY, unfit.why().kind());

    noMemory.set(false);
    trainer.tell(new Trainer.Probe(pool.getRef()));
    assertEquals(new Trainer.Fit("cpu:0"), pool.receiveMessage(TIMEOUT));
    assertEquals(
        Collections.nCopies(3, "dense 30, dense 20, dense 10 @ 28x28x1 -> 10"),
        opened.stream().map(spec -> spec.start().weights().network().name()).toList());

    train(2, CAMPAIGN);
    assertEquals(20, checkpoint(20).iteration(), "the probe has freed its memory");
  }

  @Test
  void aDeviceThatNeverTrainedIsProbedWithTheSmallestNetwork() {
    TestProbe<Trainer.Health> pool = kit.createTestProbe();
    trainer.tell(new Trainer.Probe(pool.getRef()));
    assertEquals(new Trainer.Fit("cpu:0"), pool.receiveMessage(TIMEOUT));
    assertEquals(1, opened.size());
    assertEquals(4, opened.get(0).start().weights().network().parameterCount());
  }

  private void open(SessionSpec spec) {
    opened.add(spec);
    if (noMemory.get()) {
      throw new OutOfMemoryError("injected");
    }
  }

  private void train(long epoch, CampaignSpec campaign) {
    train(epoch, campaign, Optional.empty());
  }

  private void train(long epoch, CampaignSpec campaign, Optional<CheckpointRef> from) {
    InitialTicket start = StartingPoints.initial(campaign, 1);
    TrialStart refs =
        new TrialStart(
            resources.artifacts().put(start.theta0().encode()),
            resources.artifacts().put(start.mask().encode()));
    TrainJob job = new TrainJob(TRIAL, campaign, refs, EngineName.DL4J, from, Optional.empty());
    trainer.tell(new Trainer.Train(job, new Lease("cpu:0", epoch, trainer), supervisor.getRef()));
  }

  private CheckpointRef checkpoint(int iteration) {
    Trainer.CheckpointReached reached = assertInstanceOf(Trainer.CheckpointReached.class, next());
    assertEquals(iteration, reached.checkpoint().iteration());
    return reached.checkpoint();
  }

  private CheckpointRef stopped() {
    Trainer.Stopped stopped = assertInstanceOf(Trainer.Stopped.class, next());
    assertEquals(TRIAL, stopped.trial());
    return stopped.checkpoint();
  }

  private Trainer.Report next() {
    return supervisor.receiveMessage(TIMEOUT);
  }

  private static ArtifactRef ref(char digit) {
    return new ArtifactRef(String.valueOf(digit).repeat(64));
  }
}
