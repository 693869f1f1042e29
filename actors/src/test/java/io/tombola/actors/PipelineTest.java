package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.progress.Progress;
import io.tombola.protocol.Arm;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.view.CampaignView;
import io.tombola.training.mask.Mask;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole campaigns: real journal, real artifacts, real training on the data that ships. */
final class PipelineTest {

  @TempDir Path folder;

  @Test
  void runsEveryTrialOfACampaignAndNothingTwice() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("whole", 2);
    TestRun run = new TestRun(folder);

    assertEquals(CampaignOutcome.Kind.FINISHED, run.run(campaign).kind());
    CampaignView view = run.view("whole");
    assertEquals(campaign.trials(), run.trials("whole"));
    assertEquals(
        List.of(100.0, 80.08, 64.14),
        view.records().stream()
            .filter(record -> record.replicate() == 1 && record.arm().isTicket())
            .map(record -> Math.round(record.remainingPercent() * 100) / 100.0)
            .toList());
    assertTrue(
        view.records().stream()
            .allMatch(r -> r.earlyStopTestAccuracyPercent().orElseThrow() > 30.0),
        "60 iterations learn something");
    assertTicketsRewindToTheirFirstValues(run, view);

    AtomicInteger trainings = new AtomicInteger();
    run.listeningWith(
            progress -> {
              if (progress instanceof Progress.TrainingBegan) {
                trainings.incrementAndGet();
              }
            })
        .run(campaign);
    assertEquals(0, trainings.get(), "a finished campaign trains nothing again");
    assertEquals(view.records(), run.view("whole").records());
  }

  @Test
  void resumesWithTheSameBytesAfterAStop() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("stopped", 1);
    TestRun whole = new TestRun(folder.resolve("whole"));
    whole.run(campaign);

    TestRun stopped = new TestRun(folder.resolve("stopped"));
    CompletableFuture<Pipeline> pipeline = new CompletableFuture<>();
    CampaignOutcome first =
        stopped
            .onStart(pipeline::complete)
            .listeningWith(
                progress -> {
                  if (progress instanceof Progress.TrainingAdvanced a && a.iteration() == 40) {
                    pipeline.join().stop();
                  }
                })
            .run(campaign);
    assertEquals(CampaignOutcome.Kind.INTERRUPTED, first.kind());
    assertTrue(
        stopped.view("stopped").records().size() < campaign.trials().size(), "it was not done");

    CampaignOutcome second = stopped.listeningWith(progress -> {}).run(campaign);
    assertEquals(CampaignOutcome.Kind.FINISHED, second.kind());
    assertEquals(whole.view("stopped").records(), stopped.view("stopped").records());
    assertEquals(
        new ArtifactStore(whole.store()).list(), new ArtifactStore(stopped.store()).list());
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
