package io.tombola.actors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.actors.campaign.CampaignSupervisor;
import io.tombola.actors.failure.FailureClassifier;
import io.tombola.actors.failure.FailurePolicy;
import io.tombola.actors.progress.Progress;
import io.tombola.actors.replicate.Supervisor;
import io.tombola.actors.round.Pruner;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.training.engine.Engine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole campaigns in which memory runs out, on a trainer's thread and on every other. */
final class MemoryTest {

  private static final FailurePolicy SOON = new FailurePolicy(0, 4, 1, Duration.ofMillis(1));

  @TempDir Path folder;

  @Test
  void theOnlyDeviceIsLeasedAgainAfterASuccessfulProbe() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    List<Progress> progress = new CopyOnWriteArrayList<>();
    CampaignSpec campaign = TestCampaigns.small("probed", 1);
    // The training and the first two probes after it.
    TestRun run =
        new TestRun(folder)
            .on("cpu:0")
            .retrying(SOON)
            .listeningWith(progress::add)
            .changingEngines(engine -> withoutMemory(engine, opened, 1, 3));
    assertEquals(Set.of(1, 2), run.run(campaign).state().completed());
    assertEquals(campaign.trials(), run.trials("probed"));
    assertTrue(
        run.view("probed").records().stream().allMatch(r -> r.status() == RoundRecord.Status.OK));
    assertEquals(1, progress.stream().filter(Progress.Retrying.class::isInstance).count());
    assertEquals(1, progress.stream().filter(Progress.DeviceUnfit.class::isInstance).count());
  }

  @Test
  void aDeviceThatIsNeverFitAgainEndsTheRunWithAClearMessage() throws Exception {
    CampaignSpec campaign = TestCampaigns.small("tight", 1);
    TestRun run =
        new TestRun(folder)
            .on("cpu:0")
            .retrying(SOON)
            .changingEngines(
                engine -> withoutMemory(engine, new AtomicInteger(), 1, Integer.MAX_VALUE));
    CampaignOutcome outcome = run.run(campaign);
    assertEquals(CampaignOutcome.Kind.FINISHED, outcome.kind());
    assertEquals(Set.of(1, 2), outcome.state().abandoned().keySet());
    for (TrialFailure failure : outcome.state().abandoned().values()) {
      assertEquals(TrialFailure.Kind.OUT_OF_MEMORY, failure.kind());
      assertTrue(failure.message().startsWith("no device is left: cpu:0"), failure.message());
      assertTrue(failure.message().contains("TOMBOLA_JAVA_OPTS"), failure.message());
    }

    assertEquals(
        Set.of(1, 2),
        run.changingEngines(engine -> engine).run(campaign).state().completed(),
        "the same command retries");
  }

  @Test
  void aStepThatHasNoMemoryIsRetried() throws Exception {
    CampaignOutcome outcome = runWithout(Pruner.class.getName(), "prune");
    assertEquals(Set.of(1, 2), outcome.state().completed());
  }

  @Test
  void aSupervisorThatHasNoMemoryEndsItsReplicateAndNoOther() throws Exception {
    CampaignOutcome outcome = runWithout(Supervisor.class.getName(), "saveCheckpoint");
    assertEquals(1, outcome.state().completed().size());
    assertEquals(
        List.of(TrialFailure.Kind.OUT_OF_MEMORY),
        outcome.state().abandoned().values().stream().map(TrialFailure::kind).toList());
  }

  @Test
  void aCampaignSupervisorThatHasNoMemoryEndsTheRunWithThatCause() {
    ExecutionException end =
        assertThrows(
            ExecutionException.class, () -> runWithout(CampaignSupervisor.class.getName(), "now"));
    assertEquals(TrialFailure.Kind.OUT_OF_MEMORY, FailureClassifier.of(end.getCause()).kind());
  }

  /** As Akka handles a fatal error: the thread's handler is called, and the actor is stuck. */
  @Test
  void anErrorThatNoActorCanHandleEndsTheRun() {
    CountDownLatch over = new CountDownLatch(1);
    TestRun run =
        new TestRun(folder)
            .listeningWith(
                progress -> {
                  Thread thread = Thread.currentThread();
                  thread
                      .getUncaughtExceptionHandler()
                      .uncaughtException(thread, new InternalError("injected"));
                  awaitUninterruptibly(over);
                });
    ExecutionException end =
        assertThrows(ExecutionException.class, () -> run.run(TestCampaigns.small("broken-off", 1)));
    over.countDown();
    assertInstanceOf(ActorSystemTerminatedException.class, end.getCause());
    assertEquals(1, end.getCause().getMessage().lines().count());
  }

  @Test
  void aListenerThatHasNoMemoryOnlyLosesProgress() throws Exception {
    TestRun run =
        new TestRun(folder)
            .listeningWith(
                progress -> {
                  throw new OutOfMemoryError("injected");
                });
    assertEquals(Set.of(1, 2), run.run(TestCampaigns.small("no-progress", 1)).state().completed());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CampaignOutcome runWithout(String type, String method) throws Exception {
    AtomicInteger calls = new AtomicInteger();
    return new TestRun(folder)
        .retrying(SOON)
        .at(
            new FaultyClock(
                Clock.systemUTC(),
                () -> {
                  if (FaultyClock.calledFrom(type, method) && calls.getAndIncrement() == 0) {
                    throw new OutOfMemoryError("injected");
                  }
                }))
        .run(TestCampaigns.small("short-of-memory", 1));
  }

  private static FailingEngine withoutMemory(
      Engine engine, AtomicInteger opened, int from, int to) {
    return new FailingEngine(
        engine,
        spec -> {
          int now = opened.incrementAndGet();
          if (now >= from && now <= to) {
            throw new OutOfMemoryError("injected");
          }
        });
  }
}
