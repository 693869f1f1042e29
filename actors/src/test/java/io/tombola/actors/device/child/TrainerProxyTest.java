package io.tombola.actors.device.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.eventstream.EventStream;
import io.tombola.actors.TestCampaigns;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.device.Lease;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.progress.Progress;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.trial.TrainJob;
import io.tombola.protocol.trial.TrialStart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The parent's end of the connection, with real processes at the other end that misbehave. */
final class TrainerProxyTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final TrainerTimeouts LONG_TIMEOUTS = new TrainerTimeouts(LONG, LONG, LONG);
  private static final TrialId TRIAL = new TrialId("proxy", 1, 0, Arm.TICKET);
  private static final String DEVICE = "cpu:0";

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<Trainer.Report> supervisor = kit.createTestProbe();
  private final TestProbe<Progress> progress = kit.createTestProbe();
  private final CompletableFuture<Process> process = new CompletableFuture<>();
  private ActorRef<Trainer.Command> trainer;

  @BeforeEach
  void listen() {
    kit.system()
        .eventStream()
        .tell(new EventStream.Subscribe<>(Progress.TrainerEnded.class, progress.getRef().narrow()));
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
    if (process.isDone()) {
      process.join().destroyForcibly();
    }
  }

  @Test
  void forwardsCommandsAndReports() throws Exception {
    spawn(FaultyTrainer.Defect.NONE, LONG_TIMEOUTS);
    train(trainer, 4);
    assertEquals(new Trainer.CheckpointReached(TRIAL, FaultyTrainer.CHECKPOINT, 12), report());
    train(trainer, 3);
    train(trainer, 4);
    trainer.tell(new Trainer.Stop(4));
    assertEquals(
        new Trainer.Stopped(TRIAL, FaultyTrainer.CHECKPOINT, 12),
        report(),
        "a lease that is not newer changes nothing");
    TestProbe<Trainer.Health> pool = kit.createTestProbe();
    trainer.tell(new Trainer.Probe(pool.getRef()));
    assertEquals(new Trainer.Fit(DEVICE), pool.receiveMessage(LONG));
    kit.stop(trainer);
    assertTrue(process.get().waitFor(LONG.toSeconds(), TimeUnit.SECONDS));
    assertEquals(0, process.get().exitValue(), "it ended itself at the end of its input");
    progress.expectNoMessage(Duration.ofMillis(100));
  }

  @Test
  void killsAProcessThatPrintsWithoutEnd() throws Exception {
    train(spawn(FaultyTrainer.Defect.ENDLESS_OUTPUT, LONG_TIMEOUTS), 1);
    assertEnded("sent an invalid message (expected messages, found ", "SIGKILL");
  }

  @Test
  void killsAProcessThatSendsAnInvalidMessage() throws Exception {
    train(spawn(FaultyTrainer.Defect.INVALID_MESSAGE, LONG_TIMEOUTS), 1);
    assertEnded("sent an invalid message (", "SIGKILL");
  }

  @Test
  void killsAProcessThatDoesNotStopInTime() throws Exception {
    spawn(
        FaultyTrainer.Defect.IGNORES_STOP, new TrainerTimeouts(LONG, Duration.ofMillis(300), LONG));
    train(trainer, 1);
    report();
    trainer.tell(new Trainer.Stop(1));
    assertEnded("did not stop its training in time and was killed");
  }

  @Test
  void killsAProcessThatDoesNotStartInTime() throws Exception {
    spawn(FaultyTrainer.Defect.NEVER_READY, new TrainerTimeouts(Duration.ofSeconds(1), LONG, LONG));
    assertEnded("did not come up in time and was killed");
  }

  @Test
  void ignoresAMessageThatIsCutOffByAKill() throws Exception {
    train(spawn(FaultyTrainer.Defect.HALF_MESSAGE, LONG_TIMEOUTS), 1);
    try (BufferedReader err = process.get().errorReader()) {
      assertEquals("half", err.readLine());
      process.get().toHandle().destroyForcibly();
      assertEnded("was killed (SIGKILL)");
    }
    supervisor.expectNoMessage(Duration.ofMillis(100));
  }

  @Test
  void reportsTheErrorsOfAProcessThatEnds() throws Exception {
    TestProbe<Progress.TrainingLeft> left = kit.createTestProbe();
    kit.system()
        .eventStream()
        .tell(new EventStream.Subscribe<>(Progress.TrainingLeft.class, left.getRef()));
    train(spawn(FaultyTrainer.Defect.EXITS, LONG_TIMEOUTS), 1);
    assertEnded("ended with status 3: no memory left");
    assertEquals(new Progress.TrainingLeft(TRIAL, DEVICE), left.receiveMessage(LONG));
  }

  @Test
  void thePoolRetiresADeviceWhoseProcessAlwaysFails() {
    TestProbe<DevicePool.Reply> replies = kit.createTestProbe();
    ActorRef<DevicePool.Command> pool =
        kit.spawn(
            DevicePool.create(
                List.of(DEVICE),
                device -> TrainerProxy.create(device, d -> java("no.such.Main"), LONG_TIMEOUTS)));
    DevicePool.Reply reply;
    do {
      pool.tell(new DevicePool.Request(TRIAL, replies.getRef()));
      do {
        reply = replies.receiveMessage(LONG);
      } while (reply instanceof DevicePool.Granted);
    } while (reply instanceof DevicePool.Lost);
    assertInstanceOf(DevicePool.NoDeviceAvailable.class, reply);
    for (int start = 0; start < 5; start++) {
      assertTrue(
          ended().how().contains("ended with status 1: Error: Could not find or load main class"));
    }
    progress.expectNoMessage(Duration.ofMillis(100));
  }

  @Test
  void reportsAProcessThatCannotBeStarted() {
    trainer =
        kit.spawn(
            TrainerProxy.create(
                DEVICE,
                device -> {
                  throw new IOException("no java here");
                },
                LONG_TIMEOUTS));
    supervisor.expectTerminated(trainer, LONG);
    assertEquals("cannot be started: no java here", ended().how());
  }

  private ActorRef<Trainer.Command> spawn(FaultyTrainer.Defect defect, TrainerTimeouts timeouts) {
    trainer =
        kit.spawn(
            TrainerProxy.create(
                DEVICE,
                device -> {
                  TrainerProcess child = java(FaultyTrainer.class.getName(), defect.name());
                  process.complete(child.process());
                  return child;
                },
                timeouts),
            "trainer",
            DispatcherSelector.fromConfig("tombola.trainer-dispatcher"));
    return trainer;
  }

  private static TrainerProcess java(String... main) throws IOException {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    main[0],
                    main[main.length - 1]))
            .start();
    return new TrainerProcess(child, () -> text(child));
  }

  private static String text(Process child) {
    try (BufferedReader err = child.errorReader(StandardCharsets.UTF_8)) {
      return err.lines().collect(Collectors.joining("; "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void train(ActorRef<Trainer.Command> trainer, long epoch) {
    ArtifactRef ref = new ArtifactRef("0".repeat(64));
    TrainJob job =
        new TrainJob(
            TRIAL,
            TestCampaigns.small("proxy", 1),
            new TrialStart(ref, ref),
            EngineName.DL4J,
            Optional.empty(),
            Optional.empty());
    trainer.tell(new Trainer.Train(job, new Lease(DEVICE, epoch, trainer), supervisor.getRef()));
  }

  private Trainer.Report report() {
    return supervisor.receiveMessage(LONG);
  }

  private Progress.TrainerEnded ended() {
    return (Progress.TrainerEnded) progress.receiveMessage(LONG);
  }

  /** The process is gone, and so is the actor that stood for it. */
  private void assertEnded(String... parts) throws Exception {
    Progress.TrainerEnded end = ended();
    assertEquals(DEVICE, end.device());
    for (String part : parts) {
      assertTrue(end.how().contains(part), end.how());
    }
    assertTrue(process.get().waitFor(LONG.toSeconds(), TimeUnit.SECONDS));
    progress.expectTerminated(trainer, LONG);
  }
}
