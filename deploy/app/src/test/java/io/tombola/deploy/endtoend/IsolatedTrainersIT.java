package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.event.ReplicateEvent.CheckpointSaved;
import io.tombola.protocol.event.TombolaEvent;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.journal.StoredEvent;
import io.tombola.storage.view.CampaignView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Trainers as processes of their own: they may die at any time, and nothing else does. */
@DisabledOnOs(OS.WINDOWS)
final class IsolatedTrainersIT {

  private static final String CAMPAIGN =
      """
      campaign {
        name = apart
        seed = 5
        replicates = 2
        network = "dense 100, dense 10"
        dataset { train-limit = 6000, test-limit = 1000, validation = 500 }
        training { iterations = 400, evaluate-every = 100, checkpoint-every = 50 }
        pruning.rounds = 1
        controls.reinit = 1
      }
      devices.cpu-slots = 2
      """;
  private static final int REPLICATES = 2;
  private static final int INTERVAL = 50;
  private static final String TRAINER_ENDED = "the trainer of cpu:";

  /** Twice what the system does that has no memory left, once a crash in native code. */
  private static final List<String> KILLS = List.of("-KILL", "-KILL", "-SEGV");

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @TempDir static Path folder;
  private static Path campaign;
  private static Path whole;

  @BeforeAll
  static void runInThreads() throws Exception {
    campaign = Files.writeString(folder.resolve("apart.conf"), CAMPAIGN);
    whole = folder.resolve("whole");
    TombolaProcess.Ended run =
        TombolaCommand.run(command(whole, "kafka.mode=off", "trainers.isolation=thread"));
    assertEquals(0, run.exitCode(), run.err());
    assertFalse(Files.exists(new StoreLayout(whole).trainerLog("cpu:0")));
  }

  @Test
  void trainersKilledAgainAndAgainCostACheckpointIntervalEach() throws Exception {
    Path store = folder.resolve("killed");
    int killed = 0;
    TombolaProcess.Ended end;
    // With its broker, which is a child of the run as well, and none of this one's victims.
    try (TombolaProcess run = start(store)) {
      for (int kill = 0; kill < KILLS.size(); kill++) {
        String position = "(" + (kill + 1) + " of ";
        run.awaitErr(line -> line.contains(position));
        int before = checkpoints(store).size();
        await("a training that makes progress", () -> checkpoints(store).size() > before);
        List<ProcessHandle> victims = trainers(run);
        for (ProcessHandle victim : victims) {
          signal(KILLS.get(kill), victim);
        }
        killed += victims.size();
      }
      end = run.end();
    }
    assertEquals(0, end.exitCode(), end.err());
    assertTrue(killed >= KILLS.size(), "killed " + killed);
    assertEquals(killed, end.err().lines().filter(line -> line.startsWith(TRAINER_ENDED)).count());
    assertTrue(end.err().contains("was killed (SIGKILL)"), end.err());
    assertTrue(end.err().contains("SIGSEGV"), end.err());
    assertSameAsInThreads(store);
    assertEachCheckpointFollowsTheOneBefore(store);
  }

  @Test
  void trainersEndWithAParentThatIsKilledAndLeaveTheStoreToTheNext() throws Exception {
    Path store = folder.resolve("orphaned");
    List<ProcessHandle> orphans;
    try (TombolaProcess run = start(store, "kafka.mode=off")) {
      run.awaitErr(line -> line.contains("(1 of "));
      orphans = trainers(run);
      assertEquals(2, orphans.size());
      run.killAfter(0);
    }
    TombolaProcess.Ended next = TombolaProcess.run(command(store, "kafka.mode=off"));
    assertFalse(orphans.stream().anyMatch(ProcessHandle::isAlive));
    assertEquals(0, next.exitCode(), next.err());
    assertSameAsInThreads(store);
  }

  @Test
  void aSignalToTheWholeTerminalStopsTrainingsInOrder() throws Exception {
    Path store = folder.resolve("stopped");
    try (TombolaProcess run = start(store, "kafka.mode=off")) {
      run.awaitErr(line -> line.contains("(1 of "));
      int before = checkpoints(store).size();
      await("a training that makes progress", () -> checkpoints(store).size() > before);
      List<ProcessHandle> trainers = trainers(run);
      assertEquals(2, trainers.size());
      for (ProcessHandle trainer : trainers) {
        signal("-INT", trainer);
        signal("-TERM", trainer);
      }
      run.terminate();
      TombolaProcess.Ended end = run.end();
      assertEquals(75, end.exitCode(), end.err());
      assertFalse(end.err().contains(TRAINER_ENDED), end.err());
      assertFalse(trainers.stream().anyMatch(ProcessHandle::isAlive), "none outlives its parent");
    }
    TombolaProcess.Ended next = TombolaProcess.run(command(store, "kafka.mode=off"));
    assertEquals(0, next.exitCode(), next.err());
    assertSameAsInThreads(store);
  }

  private static void assertSameAsInThreads(Path store) {
    assertEquals(rows(whole), rows(store));
    ArtifactStore artifacts = new ArtifactStore(new StoreLayout(store));
    assertEquals(new ArtifactStore(new StoreLayout(whole)).list(), artifacts.list());
    artifacts
        .list()
        .forEach(artifact -> assertEquals(Optional.empty(), artifacts.damage(artifact)));
  }

  /** Nothing that the log held was trained again, and nothing was trained past what it held. */
  private static void assertEachCheckpointFollowsTheOneBefore(Path store) {
    Map<String, Integer> reached = new HashMap<>();
    for (Map.Entry<String, Integer> checkpoint : checkpoints(store)) {
      int before = reached.getOrDefault(checkpoint.getKey(), 0);
      assertEquals(before + INTERVAL, checkpoint.getValue(), checkpoint.getKey());
      reached.put(checkpoint.getKey(), checkpoint.getValue());
    }
    assertEquals(REPLICATES * 3, reached.size());
  }

  /** The checkpoints in the log: which training, and where it was. */
  private static List<Map.Entry<String, Integer>> checkpoints(Path store) {
    List<Map.Entry<String, Integer>> found = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(new StoreLayout(store))) {
      IntStream.rangeClosed(1, REPLICATES)
          .forEach(
              replicate ->
                  reader
                      .read(JournalId.replicate(new ReplicateId("apart", replicate)), 1, 10_000)
                      .stream()
                      .map(StoredEvent::event)
                      .flatMap(event -> checkpoint(replicate, event).stream())
                      .forEach(found::add));
    }
    return found;
  }

  private static List<Map.Entry<String, Integer>> checkpoint(int replicate, TombolaEvent event) {
    return event instanceof CheckpointSaved saved
        ? List.of(
            Map.entry(
                replicate + "/" + saved.round() + "/" + saved.arm(),
                saved.checkpoint().iteration()))
        : List.of();
  }

  private static List<RoundRecord> rows(Path store) {
    try (JournalReader reader = JournalReader.open(new StoreLayout(store))) {
      return CampaignView.read(reader, "apart").orElseThrow().records();
    }
  }

  private static List<ProcessHandle> trainers(TombolaProcess run) {
    return run.descendants("io.tombola.deploy.trainer.TrainerMain");
  }

  private static void signal(String which, ProcessHandle to) throws Exception {
    Process kill = new ProcessBuilder("kill", which, Long.toString(to.pid())).start();
    assertEquals(0, kill.waitFor());
  }

  private static TombolaProcess start(Path store, String... settings) throws IOException {
    return TombolaProcess.start(command(store, settings));
  }

  private static String[] command(Path store, String... settings) {
    List<String> command =
        new ArrayList<>(List.of("run", campaign.toString(), "--store", store.toString()));
    command.addAll(List.of("--set", "trainers.isolation=process"));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    return command.toArray(String[]::new);
  }

  private static void await(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(10))
        .until(condition::getAsBoolean);
  }
}
