package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.campaign.CampaignSupervisor;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.replicate.Supervisor;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.training.engine.SessionSpec;
import io.tombola.training.network.Weights;
import io.tombola.training.start.StartingPoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole campaigns in which something fails: what it costs, and that it costs no other replicate.
 */
final class PipelineFailureTest {

  private static final FailurePolicy SOON = new FailurePolicy(0, 4, 1, Duration.ofMillis(1));

  @TempDir Path folder;

  @Test
  void retriesATrainingWhoseDeviceRunsOutOfMemory() throws Exception {
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
    assertEquals(campaign.trials(), run.trials("memory"));
    assertTrue(failures.get() > campaign.trials().size(), "one training was opened twice");
  }

  @Test
  void aControlWithoutRetriesLeftFailsAndTheOthersContinue() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("control", 1);
    Weights theta0 = StartingPoints.initial(campaign, 1).theta0();
    AtomicInteger attempts = new AtomicInteger();
    Consumer<SessionSpec> fault =
        spec -> {
          boolean reinit = FailingEngine.isPruned(spec) && !spec.start().weights().equals(theta0);
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
    assertEquals(campaign.trials(), run.trials("control"));
    assertEquals(
        List.of(new TrialId("control", 1, 1, Arm.reinit(1))),
        run.view("control").records().stream()
            .filter(record -> record.status() != RoundRecord.Status.OK)
            .map(RoundRecord::trial)
            .toList());
  }

  @Test
  void aTicketWithoutRetriesLeftEndsItsReplicateUntilTheNextRun() throws Exception {
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
    assertEquals(campaign.trials(), run.trials("ticket"));
  }

  @Test
  void failuresOfOneKindDoNotCountAsRetriesOfAnother() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("mixed", 1);
    AtomicInteger failures = new AtomicInteger();
    Consumer<SessionSpec> fault =
        spec -> {
          if (spec.order().seeds().replicate() == 1) {
            int failure = failures.getAndIncrement();
            if (failure == 0) {
              throw new OutOfMemoryError("injected");
            }
            // The second session is the probe of the device.
            if (failure == 2) {
              throw new IllegalStateException("injected");
            }
          }
        };
    TestRun run =
        new TestRun(folder)
            .on("cpu:0")
            .changingEngines(engine -> new FailingEngine(engine, fault))
            .retrying(new FailurePolicy(0, 1, 1, Duration.ofMillis(1)));

    CampaignOutcome outcome = run.run(campaign);
    assertEquals(Set.of(1, 2), outcome.state().completed());
    assertTrue(failures.get() > 2, "both were injected");
  }

  @Test
  void aSupervisorThatCrashesReleasesItsDevice() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("crashed", 1);
    AtomicInteger crashes = new AtomicInteger();
    TestRun run =
        new TestRun(folder)
            .on("cpu:0")
            .at(
                new FaultyClock(
                    Clock.systemUTC(),
                    () -> {
                      if (FaultyClock.calledFrom(Supervisor.class, "saveCheckpoint")
                          && crashes.getAndIncrement() == 0) {
                        throw new IllegalStateException("injected");
                      }
                    }));

    CampaignOutcome outcome = run.run(campaign);
    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
    assertEquals(1, outcome.state().abandoned().size(), "the replicate whose supervisor crashed");
    assertEquals(1, outcome.state().completed().size(), "the other got the device");

    assertEquals(CampaignOutcome.Kind.FINISHED, run.run(campaign).kind());
    assertEquals(campaign.trials(), run.trials("crashed"));
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
  void damagedInitialWeightsAbandonTheirReplicate() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("damaged", 1);
    TestRun run = new TestRun(folder);
    CompletableFuture<Pipeline> pipeline = new CompletableFuture<>();
    run.onStart(pipeline::complete)
        .listeningWith(
            progress -> {
              if (progress instanceof Progress.Pruned) {
                pipeline.join().stop();
              }
            })
        .run(campaign);
    ArtifactRef theta0 = run.view("damaged").replicates().get(0).initialWeights().orElseThrow();
    Path file = run.store().artifact(theta0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    CampaignOutcome outcome = run.listeningWith(progress -> {}).run(campaign);
    assertEquals(TrialFailure.Kind.CORRUPT_ARTIFACT, outcome.state().abandoned().get(1).kind());
    assertTrue(outcome.state().abandoned().get(1).message().contains(theta0.sha256()));
    assertTrue(outcome.state().completed().contains(2), "the other replicate continued");
  }

  @Test
  void aDamagedCheckpointRestartsOnlyItsTraining() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("checkpoint", 1);
    TestRun run = new TestRun(folder);
    CompletableFuture<Pipeline> pipeline = new CompletableFuture<>();
    run.onStart(pipeline::complete)
        .listeningWith(
            progress -> {
              if (progress instanceof Progress.TrainingAdvanced a && a.iteration() == 40) {
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

    assertEquals(
        CampaignOutcome.Kind.FINISHED, run.listeningWith(progress -> {}).run(campaign).kind());
    TestRun whole = new TestRun(folder.resolve("whole"));
    whole.run(campaign);
    assertEquals(whole.view("checkpoint").records(), run.view("checkpoint").records());
  }
}
