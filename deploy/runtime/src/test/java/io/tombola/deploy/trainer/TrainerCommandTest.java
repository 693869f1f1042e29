package io.tombola.deploy.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.actors.device.child.TrainerProcess;
import io.tombola.deploy.process.JavaOptions;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.lock.StoreInUseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A single trainer process. */
final class TrainerCommandTest {

  private static final long TIMEOUT_SECONDS = 60;

  @TempDir Path folder;
  private StoreLayout store;

  @BeforeEach
  void createStore() {
    store = new StoreLayout(folder);
    store.create();
  }

  @Test
  void inheritsTheOptionsThatChildProcessesMayHave() {
    assertEquals(
        List.of("-Xmx3g", "-XX:+UseParallelGC", "-Dfile.encoding=UTF-8", "--add-opens=a/b=ALL"),
        JavaOptions.inherited(
            List.of(
                "-Xmx3g",
                "-javaagent:jacoco.jar=destfile=x",
                "-agentlib:jdwp=transport=dt_socket,address=5005",
                "-XX:+UseParallelGC",
                "-Xlog:gc:file=gc.log",
                "-XX:StartFlightRecording=filename=x.jfr",
                "-Dcom.sun.management.jmxremote.port=9010",
                "-Dtombola.crash-at=COMMITTED:3",
                "-Dfile.encoding=UTF-8",
                "--add-opens=a/b=ALL")));
  }

  @Test
  void reportsWhyItCannotTrain() throws Exception {
    TrainerProcess child = new TrainerCommand(store, 1, true).launch("cpu:7");
    assertTrue(child.process().waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    assertEquals(1, child.process().exitValue());
    String log = Files.readString(store.trainerLog("cpu:7"));
    assertTrue(log.contains("expected one of [Device[id=cpu:0"), log);
    assertTrue(child.lastErrors().get().endsWith("(see " + store.trainerLog("cpu:7") + ")"));
  }

  @Test
  void quotesOnlyTheLogOfThisProcess() throws Exception {
    Path log = Files.writeString(store.trainerLog("cpu:0"), "of an earlier one\n");
    CrashReport words = new CrashReport(store.trainerCrash("cpu:0", "1"), log, Files.size(log));
    assertEquals("", words.text());
    Files.writeString(
        log,
        "of an earlier one\n\n"
            + JavaOptions.VECTOR_MODULE_WARNING
            + "\nError: no memory\n\nsorry\n");
    assertEquals("Error: no memory; sorry (see " + log + ")", words.text());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void quotesTheErrorFileOfACrashedJvm() throws Exception {
    TrainerProcess child = launch("cpu:0");
    String pid = Long.toString(child.process().pid());
    assertEquals(0, new ProcessBuilder("kill", "-SEGV", pid).start().waitFor());
    assertTrue(child.process().waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    assertEquals(128 + 6, child.process().exitValue(), "Java aborts");
    Path crash = store.logs().resolve("trainer-cpu-0-crash-" + pid + ".log");
    String words = child.lastErrors().get();
    assertTrue(words.contains("SIGSEGV") && words.endsWith("(see " + crash + ")"), words);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void hasAHigherOomScoreThanItsParent() throws Exception {
    Process trainer = launch("cpu:0").process();
    assertTrue(victimScore(trainer.toHandle()) > victimScore(ProcessHandle.current()));
    trainer.getOutputStream().close();
    assertTrue(trainer.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS));
  }

  private static int victimScore(ProcessHandle process) throws Exception {
    Path score = Path.of("/proc", Long.toString(process.pid()), "oom_score_adj");
    return Integer.parseInt(Files.readString(score).strip());
  }

  @Test
  void holdsTheStoresLockUntilItsInputCloses() throws Exception {
    TrainerLock.awaitNone(store);
    assertFalse(Files.exists(store.trainersLock()), "reading does not create the file");

    Process trainer = launch("cpu:0").process();
    StoreInUseException refusal =
        assertThrows(
            StoreInUseException.class, () -> TrainerLock.awaitNone(store, Duration.ofMillis(200)));
    assertTrue(refusal.getMessage().contains("a trainer of an earlier run"));
    CompletableFuture<Void> waiting =
        CompletableFuture.runAsync(() -> TrainerLock.awaitNone(store));
    trainer.getOutputStream().close();
    waiting.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    assertTrue(trainer.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    assertEquals(0, trainer.exitValue());
  }

  /** A trainer after its first message, which it sends after it has acquired the lock. */
  private TrainerProcess launch(String device) throws Exception {
    TrainerProcess child = new TrainerCommand(store, 1, true).launch(device);
    Awaitility.await("its first line")
        .atMost(TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .until(
            () -> {
              assertTrue(child.process().isAlive(), "it ended without a line");
              return !child.lastErrors().get().isEmpty();
            });
    return child;
  }
}
