package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.endtoend.TombolaProcess.Ended;
import io.tombola.protocol.event.CampaignEvent.CampaignPaused;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.json.Json;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.JournalReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user pauses, resumes and cancels real runs from other processes. */
final class ControlIT {

  private static final String CAMPAIGN =
      """
      campaign {
        name = held
        seed = 5
        replicates = 2
        network = "dense 20, dense 10"
        dataset { train-limit = 3000, test-limit = 500, validation = 500 }
        training { iterations = 3000, evaluate-every = 500, checkpoint-every = 500 }
        pruning.rounds = 1
        controls.reinit = 1
      }
      kafka.mode = off
      """;

  @TempDir static Path folder;
  private static String file;
  private static Path whole;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    file = Files.writeString(folder.resolve("held.conf"), CAMPAIGN).toString();
    whole = folder.resolve("whole");
    assertEquals(0, TombolaCommand.run("run", file, "--store", whole.toString()).exitCode());
  }

  @Test
  void aPauseOutlivesAKillAndAnInterruptAndChangesNoByte() throws Exception {
    Path store = folder.resolve("paused");
    try (TombolaProcess run = start(store)) {
      awaitATrial(run);
      Ended pause = tombola(store, "pause");
      assertEquals(0, pause.exitCode(), pause.err());
      assertEquals("held: paused; resume with 'tombola resume held'\n", pause.out());
      run.awaitErr(line -> line.equals("paused; resume with 'tombola resume held'"));
      JsonNode status = status(store);
      assertEquals("paused", status.get("state").asText());
      assertEquals(run.pid(), status.get("process").get("pid").asLong());
      run.killAfter(0);
    }
    Ended dead = tombola(store, "status");
    assertTrue(
        dead.out()
            .contains(
                "not running; resume with 'tombola resume held', then the same 'tombola run'"),
        dead.out());

    try (TombolaProcess again = start(store)) {
      again.awaitErr(line -> line.equals("paused; resume with 'tombola resume held'"));
      assertEquals("paused", status(store).get("state").asText());
      again.terminate();
      Ended ended = again.end();
      assertEquals(75, ended.exitCode(), ended.err());
      assertTrue(ended.err().contains("interrupted while paused; "), ended.err());
    }
    long before = trialsBegun(store);
    try (TombolaProcess last = start(store)) {
      last.awaitErr(line -> line.equals("paused; resume with 'tombola resume held'"));
      assertEquals(before, trialsBegun(store), "nothing is done while it is paused");
      Ended resume = tombola(store, "resume", "held");
      assertEquals("held: running\n", resume.out(), resume.err());
      Ended ended = last.end();
      assertEquals(0, ended.exitCode(), ended.err());
    }
    assertAsIfUndisturbed(store);
    Ended late = tombola(store, "pause");
    assertEquals(2, late.exitCode());
    assertTrue(late.err().contains("'held' is finished; 'tombola results'"), late.err());
  }

  @Test
  void aCancelledRunEndsAndIsRefusedUntilThatIsTakenBack() throws Exception {
    Path store = folder.resolve("cancelled");
    try (TombolaProcess run = start(store)) {
      awaitATrial(run);
      JsonNode cancelled = Json.MAPPER.readTree(tombola(store, "cancel", "held", "--json").out());
      assertEquals("cancelled", cancelled.get("state").asText());
      Ended ended = run.end();
      assertEquals(3, ended.exitCode(), ended.err());
      assertTrue(ended.err().contains("cancelled; resume with 'tombola resume held'"));
    }
    Ended refused = TombolaCommand.run("run", file, "--store", store.toString());
    assertEquals(2, refused.exitCode(), refused.err());
    assertEquals(1, refused.err().lines().count(), refused.err());
    assertTrue(refused.err().contains("type 'tombola resume held'"), refused.err());
    assertEquals(0, tombola(store, "verify").exitCode());

    Ended back = tombola(store, "resume");
    assertEquals(
        "held: interrupted; not running; resume with the same 'tombola run' command\n", back.out());
    Ended last = TombolaCommand.run("run", file, "--store", store.toString());
    assertEquals(0, last.exitCode(), last.err());
    assertAsIfUndisturbed(store);
  }

  @Test
  void trainersInProcessesOfTheirOwnArePausedAlike() throws Exception {
    Path store = folder.resolve("isolated");
    try (TombolaProcess run = start(store, "trainers.isolation=process")) {
      awaitATrial(run);
      assertEquals(0, tombola(store, "pause").exitCode());
      run.awaitErr(line -> line.startsWith("paused; "));
      assertEquals(0, tombola(store, "resume").exitCode());
      run.awaitErr(line -> line.equals("resumed"));
      assertEquals(0, run.end().exitCode());
    }
    assertAsIfUndisturbed(store);
  }

  @Test
  void anOrderNeedsACampaignAndAStore() throws Exception {
    Ended unknown = tombola(whole, "cancel", "hold");
    assertEquals(2, unknown.exitCode());
    assertEquals(1, unknown.err().lines().count(), unknown.err());
    assertTrue(unknown.err().contains("did you mean held?"), unknown.err());
    assertEquals(2, tombola(folder.resolve("nowhere"), "pause").exitCode());
  }

  private static TombolaProcess start(Path store, String... settings) throws Exception {
    List<String> command = new ArrayList<>(List.of("run", file, "--store", store.toString()));
    Stream.of(settings).forEach(setting -> command.addAll(List.of("--set", setting)));
    return TombolaProcess.start(command.toArray(String[]::new));
  }

  private static void awaitATrial(TombolaProcess run) throws Exception {
    run.awaitErr(line -> line.contains("test accuracy"));
  }

  private static Ended tombola(Path store, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("--store", store.toString()));
    return TombolaCommand.run(command.toArray(String[]::new));
  }

  private static JsonNode status(Path store) throws Exception {
    return Json.MAPPER.readTree(tombola(store, "status", "--json").out()).get(0);
  }

  private static long trialsBegun(Path store) {
    try (JournalReader journal = JournalReader.open(new StoreLayout(store))) {
      return journal.ids().stream()
          .filter(id -> JournalId.replicateOf(id).isPresent())
          .mapToLong(journal::highestSequence)
          .sum();
    }
  }

  private static void assertAsIfUndisturbed(Path store) throws Exception {
    assertEquals(results(whole), results(store));
    assertEquals(artifacts(whole), artifacts(store));
    assertEquals(0, tombola(store, "verify").exitCode());
    try (JournalReader journal = JournalReader.open(new StoreLayout(store))) {
      assertTrue(
          journal.read(JournalId.campaign("held"), 1, 1000).stream()
              .anyMatch(
                  stored ->
                      stored.event() instanceof CampaignPaused
                          || stored.event().getClass().getSimpleName().equals("CampaignCancelled")),
          "it was disturbed");
    }
  }

  private static String results(Path store) throws Exception {
    return tombola(store, "results", "--format", "csv").out();
  }

  private static List<?> artifacts(Path store) {
    return new ArtifactStore(new StoreLayout(store)).list();
  }
}
