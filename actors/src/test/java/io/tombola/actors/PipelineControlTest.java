package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.campaign.ControlCommand;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.progress.Progress;
import io.tombola.protocol.event.CampaignEvent.CampaignCancelled;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.CampaignEvent.CampaignRestarted;
import io.tombola.protocol.event.CampaignEvent.CampaignResumed;
import io.tombola.protocol.event.CampaignEvent.CampaignStarted;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.CampaignState.ControlState;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.JournalWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users pause, resume and cancel campaigns: real journal, real artifacts, real training. */
final class PipelineControlTest {

  private static final ControlCommand PAUSE = ControlCommand.PAUSE;
  private static final ControlCommand RESUME = ControlCommand.RESUME;
  private static final ControlCommand CANCEL = ControlCommand.CANCEL;

  @TempDir Path folder;
  private final CompletableFuture<Pipeline> pipeline = new CompletableFuture<>();

  @Test
  void resumesWithTheSameBytesAfterEachPause() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("paused", 1);
    TestRun whole = new TestRun(folder.resolve("whole"));
    whole.run(campaign);

    TestRun paused = new TestRun(folder.resolve("paused"));
    AtomicInteger pauses = new AtomicInteger();
    AtomicBoolean isPaused = new AtomicBoolean();
    AtomicInteger trainedWhilePaused = new AtomicInteger();
    CampaignOutcome outcome =
        paused
            .onStart(pipeline::complete)
            .listeningWith(
                progress -> {
                  if (progress instanceof Progress.TrainingAdvanced a && a.iteration() == 40) {
                    control(campaign, PAUSE);
                  } else if (progress instanceof Progress.TrainingBegan && isPaused.get()) {
                    trainedWhilePaused.incrementAndGet();
                  } else if (progress instanceof Progress.CampaignPaused) {
                    pauses.incrementAndGet();
                    assertEquals(
                        Optional.of(ControlState.PAUSED), paused.view("paused").campaign().hold());
                    isPaused.set(true);
                    control(campaign, RESUME);
                  } else if (progress instanceof Progress.CampaignResumed) {
                    isPaused.set(false);
                  }
                })
            .run(campaign);

    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
    assertEquals(0, trainedWhilePaused.get());
    assertTrue(pauses.get() > 0, "it was paused");
    assertSame(whole, paused, "paused");
    List<Class<?>> events = events(paused, "paused");
    assertEquals(1, Collections.frequency(events, CampaignStarted.class));
    assertEquals(0, Collections.frequency(events, CampaignRestarted.class), "one process");
    assertEquals(pauses.get(), Collections.frequency(events, CampaignPaused.class));
    assertEquals(pauses.get(), Collections.frequency(events, CampaignResumed.class));
  }

  @Test
  void staysPausedInTheNextProcessUntilItIsResumed() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("stays", 1);
    TestRun whole = new TestRun(folder.resolve("whole"));
    whole.run(campaign);

    TestRun run = new TestRun(folder.resolve("stays"));
    CampaignOutcome first =
        run.onStart(pipeline::complete)
            .listeningWith(
                progress -> {
                  if (progress instanceof Progress.TrainingAdvanced) {
                    control(campaign, PAUSE);
                  } else if (progress instanceof Progress.CampaignPaused) {
                    pipeline.join().stop();
                  }
                })
            .run(campaign);
    assertEquals(CampaignOutcome.Kind.INTERRUPTED, first.kind());

    AtomicBoolean resumed = new AtomicBoolean();
    CompletableFuture<Pipeline> next = new CompletableFuture<>();
    CampaignOutcome second =
        run.onStart(next::complete)
            .listeningWith(
                progress -> {
                  if (progress instanceof Progress.TrainingBegan) {
                    assertTrue(resumed.get(), "nothing is trained before it is resumed");
                  } else if (progress instanceof Progress.CampaignPaused) {
                    resumed.set(true);
                    next.join().control("stays", RESUME);
                  }
                })
            .run(campaign);
    assertEquals(CampaignOutcome.Kind.FINISHED, second.kind());
    assertTrue(resumed.get(), "it reported the pause");
    assertSame(whole, run, "stays");
  }

  @Test
  void endsWhenItIsCancelledAndContinuesOnceThatIsRevoked() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("cancelled", 1);
    TestRun whole = new TestRun(folder.resolve("whole"));
    whole.run(campaign);

    TestRun run = new TestRun(folder.resolve("cancelled"));
    CampaignOutcome first =
        run.onStart(pipeline::complete)
            .listeningWith(
                progress -> {
                  if (progress instanceof Progress.TrainingAdvanced) {
                    control(campaign, PAUSE);
                  } else if (progress instanceof Progress.CampaignPaused) {
                    control(campaign, CANCEL);
                  }
                })
            .run(campaign);
    assertEquals(CampaignOutcome.Kind.CANCELLED, first.kind());
    assertEquals(Optional.of(ControlState.CANCELLED), first.state().hold());
    assertTrue(run.trials("cancelled").size() < campaign.trials().size(), "it was not done");

    run.onStart(started -> {}).listeningWith(progress -> {});
    assertEquals(CampaignOutcome.Kind.CANCELLED, run.run(campaign).kind(), "it stays cancelled");
    JournalWriter.append(
        run.store(), JournalId.campaign("cancelled"), new CampaignResumed(Instant.now()));
    assertEquals(CampaignOutcome.Kind.FINISHED, run.run(campaign).kind());
    assertSame(whole, run, "cancelled");
  }

  @Test
  void aStepThatWaitsForARetryDoesNotDelayAPause() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("retried", 1);
    AtomicBoolean failed = new AtomicBoolean();
    CampaignOutcome outcome =
        new TestRun(folder)
            .changingEngines(
                engine ->
                    new FailingEngine(
                        engine,
                        spec -> {
                          if (spec.order().seeds().replicate() == 1 && !failed.getAndSet(true)) {
                            throw new IllegalStateException("injected");
                          }
                        }))
            .retrying(new FailurePolicy(0, 4, 1, FailurePolicy.MAX_PAUSE))
            .onStart(pipeline::complete)
            .listeningWith(
                progress -> {
                  if (progress instanceof Progress.Retrying) {
                    control(campaign, PAUSE);
                  } else if (progress instanceof Progress.CampaignPaused) {
                    // The resume does not wait for the retry either: the plan names the step again.
                    control(campaign, RESUME);
                  }
                })
            .run(campaign);
    assertTrue(failed.get());
    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
  }

  @Test
  void persistsCommandsToACampaignThatItDoesNotRun() throws Exception {
    CampaignSpec idle = TestCampaigns.small("idle", 1);
    CampaignSpec busy = TestCampaigns.small("busy", 1);
    TestRun run = new TestRun(folder);
    run.onStart(Pipeline::stop).run(idle);

    AtomicBoolean commanded = new AtomicBoolean();
    CampaignOutcome outcome =
        run.onStart(pipeline::complete)
            .listeningWith(
                progress -> {
                  if (progress instanceof Progress.TrainingBegan && !commanded.getAndSet(true)) {
                    control(idle, PAUSE);
                    control(idle, PAUSE);
                    control(idle, CANCEL);
                    control(TestCampaigns.small("unknown", 1), PAUSE);
                  }
                })
            .run(busy);
    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
    assertEquals(Optional.empty(), outcome.state().hold());
    assertEquals(Optional.of(ControlState.CANCELLED), run.view("idle").campaign().hold());
    List<Class<?>> events = events(run, "idle");
    assertEquals(
        List.of(CampaignPaused.class, CampaignCancelled.class),
        events.subList(events.size() - 2, events.size()));
    assertEquals(1, Collections.frequency(events, CampaignPaused.class));
    try (JournalReader journal = JournalReader.open(run.store())) {
      assertEquals(0, journal.highestSequence(JournalId.campaign("unknown")));
    }
  }

  private void control(CampaignSpec campaign, ControlCommand command) {
    pipeline.join().control(campaign.name(), command);
  }

  private static void assertSame(TestRun whole, TestRun other, String campaign) {
    assertEquals(whole.view(campaign).records(), other.view(campaign).records());
    assertEquals(new ArtifactStore(whole.store()).list(), new ArtifactStore(other.store()).list());
  }

  private static List<Class<?>> events(TestRun run, String campaign) {
    try (JournalReader journal = JournalReader.open(run.store())) {
      return journal.read(JournalId.campaign(campaign), 1, 1000).stream()
          .<Class<?>>map(stored -> stored.event().getClass())
          .toList();
    }
  }
}
