package io.tombola.deploy.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.progress.Progress;
import io.tombola.actors.publish.outbox.PublisherStatus;
import io.tombola.deploy.config.ConfigLoader;
import io.tombola.deploy.live.Heartbeat;
import io.tombola.deploy.live.HeartbeatFile;
import io.tombola.deploy.live.ProcessMetrics;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.trial.TrialFailure;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatWriterTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final TrialFailure NO_MEMORY =
      new TrialFailure(TrialFailure.Kind.OUT_OF_MEMORY, "no memory");

  @TempDir Path root;
  private StoreLayout store;
  private final CampaignEta eta =
      new CampaignEta(
          ConfigLoader.load(Optional.empty(), List.of("name=said", "replicates=1")).campaign(),
          List.of(),
          List.of("cpu:0"));

  @BeforeEach
  void create() {
    store = new StoreLayout(root);
    store.create();
  }

  @Test
  void writesAHeartbeatEachSecondWithoutProgress() throws IOException {
    try (HeartbeatWriter writer = writer(Clock.systemUTC())) {
      Instant first = await(state -> true).at();
      Heartbeat next = await(state -> state.at().isAfter(first));
      assertTrue(Duration.between(first, next.at()).toMillis() >= 1000, next::toString);
      assertEquals("said", next.campaign());
    }
    assertFalse(
        Files.exists(store.heartbeat()), "the heartbeat file is deleted at the end of a run");
  }

  @Test
  void writesProcessMetrics() throws IOException {
    TrialId trial = new TrialId("said", 1, 0, Arm.TICKET);
    AtomicLong reads = new AtomicLong();
    InstantSource ticking = () -> NOW.plusMillis(200 * reads.getAndIncrement());
    try (HeartbeatWriter writer = writer(ticking.withZone(ZoneOffset.UTC))) {
      writer.journalListener().written(3, 2_000_000);
      eta.on(new Progress.TrainingBegan(trial, "cpu:0", 200, 1000));
      eta.on(new Progress.TrainingAdvanced(trial, "cpu:0", 500, 1000, 0.4, 85));
      // Resumed from its checkpoint.
      eta.on(new Progress.TrainingBegan(trial, "cpu:0", 400, 1000));
      eta.on(new Progress.TrainingAdvanced(trial, "cpu:0", 450, 1000, 0.4, 85));
      writer.on(new Progress.TrialsWaiting(4));
      Heartbeat heartbeat = new HeartbeatFile(store).read().orElseThrow();
      assertEquals(350, heartbeat.slots().get(0).iterationsDone());
      ProcessMetrics first = heartbeat.processMetrics().orElseThrow();
      assertEquals(4, first.trialsWaiting());
      assertEquals(
          new ProcessMetrics.Recent(0.002, 0.002, 0.002), first.journal().recent().orElseThrow());
      ProcessMetrics.Publishing publishing = first.publishing().orElseThrow();
      assertEquals(OptionalLong.of(2), publishing.pending());
      assertEquals(
          90 + Duration.between(NOW, heartbeat.at()).toMillis() / 1e3, publishing.lagSeconds());
    }
  }

  @Test
  void countsRetriesByKindAndTrainersThatExited() {
    ProcessMetricsRecorder recorder = new ProcessMetricsRecorder(Optional::empty);
    for (int retry = 1; retry <= 2; retry++) {
      recorder.on(
          new Progress.Retrying(
              new ReplicateId("said", retry), "Train", NO_MEMORY, Duration.ofSeconds(1)));
    }
    recorder.on(new Progress.TrainerEnded("cpu:0", "was killed"));
    assertEquals(Map.of(TrialFailure.Kind.OUT_OF_MEMORY, 2L), recorder.at(NOW).retries());
    assertEquals(1, recorder.at(NOW).trainersEnded());
    assertEquals(Optional.empty(), recorder.at(NOW).publishing());
  }

  private HeartbeatWriter writer(Clock clock) {
    PublisherStatus status =
        new PublisherStatus(
            7, OptionalLong.of(2), Optional.of(NOW.minusSeconds(90)), 3, Optional.of("away"));
    return new HeartbeatWriter(new HeartbeatFile(store), eta, () -> Optional.of(status), clock);
  }

  private Heartbeat await(Predicate<Heartbeat> expected) {
    HeartbeatFile file = new HeartbeatFile(store);
    return Awaitility.await()
        .atMost(TIMEOUT)
        .until(() -> file.read().filter(expected), Optional::isPresent)
        .orElseThrow();
  }
}
