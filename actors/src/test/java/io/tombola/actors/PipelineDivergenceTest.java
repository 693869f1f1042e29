package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.training.engine.DivergedException;
import io.tombola.training.engine.SessionSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole campaigns in which a training diverges. */
final class PipelineDivergenceTest {

  @TempDir Path folder;

  @Test
  void aDivergedTicketEndsItsReplicateAndNoOther() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("diverged", 1);
    Consumer<SessionSpec> fault =
        spec -> {
          if (FailingEngine.isPruned(spec) && spec.order().seeds().replicate() == 1) {
            throw new DivergedException(0, "the training loss", Optional.of("dense-1"));
          }
        };
    TestRun run = new TestRun(folder).changingEngines(engine -> new FailingEngine(engine, fault));

    CampaignOutcome outcome = run.run(campaign);
    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
    assertEquals(TrialFailure.Kind.DIVERGED, outcome.state().abandoned().get(1).kind());
    assertTrue(outcome.state().completed().contains(2));
    List<RoundRecord> records = run.view("diverged").records();
    assertEquals(campaign.trials(), run.trials("diverged"));
    List<String> endings =
        records.stream()
            .filter(record -> record.replicate() == 1 && record.round() == 1)
            .map(RoundRecord::ending)
            .toList();
    assertEquals(Collections.nCopies(campaign.arms(1).size(), "diverged at 0 in dense-1"), endings);
  }

  @Test
  void aRealDivergenceIsRecordedWithItsIterationAndLayer() throws Exception {
    CampaignSpec steady = TestCampaigns.small("growing", 1);
    CampaignSpec campaign =
        TestCampaigns.with(
            steady,
            // Every weight is four times as large, and of the other sign, after each step.
            new TrainingSpec(
                200,
                60,
                new OptimizerSpec(OptimizerSpec.Type.SGD, 10, 0, 0.5, ScheduleSpec.constant()),
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
            throw new DivergedException(0, "the training loss", Optional.empty());
          }
        };
    TestRun run =
        new TestRun(folder)
            .changingEngines(engine -> new FailingEngine(engine, fault))
            .retrying(new FailurePolicy(1, 0, 0, Duration.ofMillis(1)));
    CampaignOutcome outcome = run.run(campaign);
    assertTrue(outcome.state().abandoned().isEmpty());
    assertEquals(campaign.trials(), run.trials("again"));
    assertTrue(
        run.view("again").records().stream().allMatch(r -> r.status() == RoundRecord.Status.OK));
  }
}
