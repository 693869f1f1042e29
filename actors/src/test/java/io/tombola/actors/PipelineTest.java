package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.campaign.CampaignSupervisor;
import io.tombola.actors.campaign.Supervisor;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.progress.Progress;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.ArtifactStore;
import io.tombola.storage.CampaignView;
import io.tombola.training.engine.DivergedException;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Weights;
import io.tombola.training.start.Starts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole campaigns: real journal, real artifacts, real training on the data that ships. */
final class PipelineTest {

  private static final String SAVING = Supervisor.class.getPackageName() + ".TrainingDesk";
  private static final FailurePolicy SOON = new FailurePolicy(0, 4, 1, Duration.ofMillis(1));

  @TempDir Path folder;

  @Test
  void runsEveryTrialOfACampaignAndNothingTwice() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("whole", 2);
    TestRun run = new TestRun(folder);

    assertEquals(CampaignOutcome.Kind.FINISHED, run.run(campaign).kind());
    CampaignView view = run.view("whole");
    assertEquals(campaign.trials(), trialsOf(view.records()));
    assertEquals(
        List.of(100.0, 80.04, 64.06),
        view.records().stream()
            .filter(record -> record.replicate() == 1 && record.arm().isTicket())
            .map(record -> Math.round(record.remainingPercent() * 100) / 100.0)
            .toList());
    assertTrue(
        view.records().stream()
            .allMatch(r -> r.earlyStopTestAccuracyPercent().orElseThrow() > 30.0),
        "60 iterations learn something");
    assertTicketsRewindToTheirFirstValues(run, view);

    AtomicInteger begun = new AtomicInteger();
    run.listeningWith(
            news -> {
              if (news instanceof Progress.TrainingBegan) {
                begun.incrementAndGet();
              }
            })
        .run(campaign);
    assertEquals(0, begun.get(), "finished work is never done again");
    assertEquals(view.records(), run.view("whole").records());
  }

  @Test
  void goesOnWithTheSameBytesAfterBeingStoppedInTheMiddle() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("stopped", 1);
    TestRun whole = new TestRun(folder.resolve("whole"));
    whole.run(campaign);

    TestRun stopped = new TestRun(folder.resolve("stopped"));
    CompletableFuture<Pipeline> pipeline = new CompletableFuture<>();
    CampaignOutcome first =
        stopped
            .onStart(pipeline::complete)
            .listeningWith(
                news -> {
                  if (news instanceof Progress.TrainingAdvanced a && a.iteration() == 40) {
                    pipeline.join().stop();
                  }
                })
            .run(campaign);
    assertEquals(CampaignOutcome.Kind.INTERRUPTED, first.kind());
    assertTrue(
        stopped.view("stopped").records().size() < campaign.trials().size(), "it was not done");

    CampaignOutcome second = stopped.listeningWith(news -> {}).run(campaign);
    assertEquals(CampaignOutcome.Kind.FINISHED, second.kind());
    assertEquals(whole.view("stopped").records(), stopped.view("stopped").records());
    assertEquals(
        new ArtifactStore(whole.store()).list(), new ArtifactStore(stopped.store()).list());
  }

  @Test
  void trainsAgainElsewhereWhenADeviceRunsOutOfMemory() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    TestRun run =
        new TestRun(folder)
            .changingEngines(
                engine ->
                    new FailingEngine(
                        engine,
                        spec -> {
                          if (failures.getAndIncrement() == 0) {
                            throw new OutOfMemoryError("injected");
                          }
                        }));
    CampaignSpec campaign = TestCampaigns.small("memory", 1);
    assertEquals(CampaignOutcome.Kind.FINISHED, run.run(campaign).kind());
    assertEquals(campaign.trials(), trialsOf(run.view("memory").records()));
    assertTrue(failures.get() > campaign.trials().size(), "one training was opened twice");
  }

  @Test
  void aDivergedTicketEndsItsReplicateAndNoOther() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("diverged", 1);
    Consumer<SessionSpec> fault =
        spec -> {
          if (isPruned(spec) && spec.order().seeds().replicate() == 1) {
            throw new DivergedException(0, "the training loss", Optional.of("dense-1"));
          }
        };
    TestRun run = new TestRun(folder).changingEngines(engine -> new FailingEngine(engine, fault));

    CampaignOutcome outcome = run.run(campaign);
    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
    assertEquals(TrialFailure.Kind.DIVERGED, outcome.state().abandoned().get(1).kind());
    assertTrue(outcome.state().completed().contains(2));
    List<RoundRecord> records = run.view("diverged").records();
    assertEquals(campaign.trials(), trialsOf(records));
    assertTrue(
        records.stream()
            .filter(record -> record.replicate() == 1 && record.round() == 1)
            .allMatch(record -> record.ending().equals("diverged at 0 in dense-1")));
  }

  @Test
  void aCampaignThatReallyDivergesSaysAtWhichIterationAndInWhichLayer() throws Exception {
    CampaignSpec steady = TestCampaigns.small("growing", 1);
    CampaignSpec campaign =
        TestCampaigns.with(
            steady,
            // Every weight is four times as large, and of the other sign, after each step.
            new TrainingSpec(
                200,
                60,
                new OptimizerSpec(OptimizerSpec.Type.SGD, 10, 0, 0.5, ScheduleSpec.CONSTANT),
                100,
                100));
    TestRun run = new TestRun(folder);
    CampaignOutcome outcome = run.run(campaign);

    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
    List<RoundRecord> records = run.view("growing").records();
    assertEquals(2, records.size(), "each replicate's dense network");
    for (RoundRecord record : records) {
      TrialFailure failure = outcome.state().abandoned().get(record.replicate());
      assertEquals(TrialFailure.Kind.DIVERGED, failure.kind());
      assertEquals(failure.iteration().orElseThrow(), record.failedIteration().getAsInt());
      assertTrue(record.failedIteration().getAsInt() > 0, record.ending());
      assertEquals(failure.layer(), record.failedLayer());
      assertTrue(record.failedLayer().isPresent());
      assertTrue(
          failure.message().contains("after " + record.failedIteration().getAsInt()),
          failure.message());
    }
  }

  @Test
  void aDivergenceIsRetriedAsOftenAsConfigured() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("again", 1);
    AtomicInteger failures = new AtomicInteger();
    Consumer<SessionSpec> fault =
        spec -> {
          if (failures.getAndIncrement() == 0) {
            throw new DivergedException(0, "the training loss");
          }
        };
    TestRun run =
        new TestRun(folder)
            .changingEngines(engine -> new FailingEngine(engine, fault))
            .retrying(new FailurePolicy(1, 0, 0, Duration.ofMillis(1)));
    CampaignOutcome outcome = run.run(campaign);
    assertTrue(outcome.state().abandoned().isEmpty());
    assertTrue(
        run.view("again").records().stream().allMatch(r -> r.status() == RoundRecord.Status.OK));
  }

  @Test
  void aControlWhoseRetriesAreUsedUpEndsFailedAndTheRestGoesOn() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("control", 1);
    Weights theta0 = Starts.initial(campaign, 1).theta0();
    AtomicInteger attempts = new AtomicInteger();
    Consumer<SessionSpec> fault =
        spec -> {
          boolean reinit = isPruned(spec) && !spec.start().weights().equals(theta0);
          if (spec.order().seeds().replicate() == 1 && reinit) {
            attempts.incrementAndGet();
            throw new IllegalStateException("injected");
          }
        };
    TestRun run =
        new TestRun(folder)
            .changingEngines(engine -> new FailingEngine(engine, fault))
            .retrying(SOON);

    CampaignOutcome outcome = run.run(campaign);
    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
    assertEquals(2, attempts.get(), "tried once, and once again");
    assertEquals(Set.of(1, 2), outcome.state().completed());
    assertEquals(campaign.trials(), trialsOf(run.view("control").records()));
    assertEquals(
        List.of(new TrialId("control", 1, 1, Arm.reinit(1))),
        run.view("control").records().stream()
            .filter(record -> record.status() != RoundRecord.Status.OK)
            .map(RoundRecord::trial)
            .toList());
  }

  @Test
  void aTicketWhoseRetriesAreUsedUpEndsItsReplicateAndTheSameCommandTriesItAgain()
      throws Exception {
    CampaignSpec campaign = TestCampaigns.small("ticket", 1);
    AtomicInteger attempts = new AtomicInteger();
    Consumer<SessionSpec> fault =
        spec -> {
          if (spec.order().seeds().replicate() == 1) {
            attempts.incrementAndGet();
            throw new IllegalStateException("injected");
          }
        };
    TestRun run =
        new TestRun(folder)
            .changingEngines(engine -> new FailingEngine(engine, fault))
            .retrying(new FailurePolicy(0, 0, 2, Duration.ofMillis(1)));

    CampaignOutcome outcome = run.run(campaign);
    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
    assertEquals(3, attempts.get(), "tried once, and twice again");
    assertEquals(TrialFailure.Kind.BUG, outcome.state().abandoned().get(1).kind());
    assertEquals(Set.of(2), outcome.state().completed());

    CampaignOutcome second = run.changingEngines(engine -> engine).run(campaign);
    assertEquals(Set.of(1, 2), second.state().completed());
    assertEquals(campaign.trials(), trialsOf(run.view("ticket").records()));
  }

  private static boolean isPruned(SessionSpec spec) {
    return spec.mask().density().remaining() < spec.mask().density().total();
  }

  @Test
  void aSupervisorThatCrashesGivesItsDeviceBack() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("crashed", 1);
    AtomicInteger crashes = new AtomicInteger();
    TestRun run =
        new TestRun(folder)
            .on("cpu:0")
            .at(
                new FaultyClock(
                    Clock.systemUTC(),
                    () -> {
                      if (FaultyClock.calledFrom(SAVING, "save")
                          && crashes.getAndIncrement() == 0) {
                        throw new IllegalStateException("injected");
                      }
                    }));

    CampaignOutcome outcome = run.run(campaign);
    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
    assertEquals(1, outcome.state().abandoned().size(), "the replicate whose supervisor crashed");
    assertEquals(1, outcome.state().completed().size(), "the other had the device after it");

    assertEquals(CampaignOutcome.Kind.FINISHED, run.run(campaign).kind());
    assertEquals(campaign.trials(), trialsOf(run.view("crashed").records()));
  }

  @Test
  void aCampaignSupervisorThatCrashesEndsTheRunWithItsCause() {
    TestRun run =
        new TestRun(folder)
            .at(
                new FaultyClock(
                    Clock.systemUTC(),
                    () -> {
                      if (FaultyClock.calledFrom(CampaignSupervisor.class, "now")) {
                        throw new IllegalStateException("injected");
                      }
                    }));
    ExecutionException end =
        assertThrows(ExecutionException.class, () -> run.run(TestCampaigns.small("headless", 1)));
    assertEquals("injected", end.getCause().getMessage());
  }

  @Test
  void damagedFirstWeightsAreNamedAndStopItsReplicate() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("damaged", 1);
    TestRun run = new TestRun(folder);
    CompletableFuture<Pipeline> pipeline = new CompletableFuture<>();
    run.onStart(pipeline::complete)
        .listeningWith(
            news -> {
              if (news instanceof Progress.Pruned) {
                pipeline.join().stop();
              }
            })
        .run(campaign);
    ArtifactRef theta0 = run.view("damaged").replicates().get(0).initialWeights().orElseThrow();
    Path file = run.store().artifact(theta0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    CampaignOutcome outcome = run.listeningWith(news -> {}).run(campaign);
    assertEquals(TrialFailure.Kind.CORRUPT_ARTIFACT, outcome.state().abandoned().get(1).kind());
    assertTrue(outcome.state().abandoned().get(1).message().contains(theta0.sha256()));
    assertTrue(outcome.state().completed().contains(2), "the other replicate went on");
  }

  @Test
  void aDamagedCheckpointCostsItsTrainingAndNothingElse() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("checkpoint", 1);
    TestRun run = new TestRun(folder);
    CompletableFuture<Pipeline> pipeline = new CompletableFuture<>();
    run.onStart(pipeline::complete)
        .listeningWith(
            news -> {
              if (news instanceof Progress.TrainingAdvanced a && a.iteration() == 40) {
                pipeline.join().stop();
              }
            })
        .run(campaign);
    ArtifactRef checkpoint =
        run.view("checkpoint").replicates().stream()
            .flatMap(replicate -> replicate.trials().stream())
            .flatMap(trial -> trial.checkpoint().stream())
            .findFirst()
            .orElseThrow()
            .artifact();
    Files.write(run.store().artifact(checkpoint), new byte[] {1, 2, 3});

    assertEquals(CampaignOutcome.Kind.FINISHED, run.listeningWith(news -> {}).run(campaign).kind());
    TestRun whole = new TestRun(folder.resolve("whole"));
    whole.run(campaign);
    assertEquals(whole.view("checkpoint").records(), run.view("checkpoint").records());
  }

  private static List<TrialId> trialsOf(List<RoundRecord> records) {
    return records.stream().map(RoundRecord::trial).toList();
  }

  private static void assertTicketsRewindToTheirFirstValues(TestRun run, CampaignView view) {
    ArtifactStore artifacts = new ArtifactStore(run.store());
    view.replicates()
        .forEach(
            replicate ->
                replicate.trials().stream()
                    .filter(trial -> trial.arm().equals(Arm.TICKET))
                    .forEach(
                        trial -> {
                          assertEquals(
                              replicate.initialWeights().orElseThrow(), trial.start().weights());
                          Mask mask = Mask.decode(artifacts.get(trial.start().mask()));
                          assertEquals(trial.density(), mask.density());
                        }));
  }
}
