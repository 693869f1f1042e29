package io.tombola.deploy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.json.Json;
import io.tombola.storage.NoSpaceException;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.lock.StoreLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listsThePresets() {
    assertEquals(0, tombola("presets"));
    assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("quickstart  ")));
    assertEquals("", err.toString());
  }

  @Test
  void listsThePresetsAsJson() throws IOException {
    assertEquals(0, tombola("presets", "--json"));
    JsonNode presets = Json.MAPPER.readTree(out.toString());
    assertEquals("quickstart", presets.get(0).get("name").asText());
    assertFalse(presets.get(0).get("description").asText().isBlank());
  }

  @Test
  void aDryRunShowsThePapersLadder() throws IOException {
    assertEquals(
        0, tombola("run", "lenet-mnist", "--set", "dataset.dir=" + dir, "--dry-run", "--json"));
    JsonNode plan = Json.MAPPER.readTree(out.toString());
    List<String> ladder =
        StreamSupport.stream(plan.get("rounds").spliterator(), false)
            .map(level -> String.format("%.2f", level.get("remaining_percent").asDouble()))
            .toList();
    // Frankle and Carbin 2019, the horizontal axis of figure 3 and its neighbours.
    assertEquals(
        List.of(
            "100.00", "80.04", "64.06", "51.28", "41.05", "32.87", "26.32", "21.07", "16.88",
            "13.52", "10.83", "8.68", "6.95", "5.57", "4.47", "3.58", "2.87", "2.31", "1.85",
            "1.49", "1.19"),
        ladder);
    assertEquals(5 * (1 + 20 * 4), plan.get("trials").asInt());
  }

  @Test
  void aDryRunPrintsTheCampaignAndTouchesNoStore() {
    assertEquals(0, tombola("run", "--dry-run", "--set", "pruning.rounds=1"));
    assertTrue(out.toString().startsWith("campaign {\n  name = quickstart\n"));
    // How fast this machine is, no test may say.
    assertTrue(
        out.toString()
            .replaceAll("[0-9.]+ (ms|s|min|h|d)\\b", "N $1")
            .replaceAll("on [0-9]+ slots?", "on N slots")
            .replaceAll("at most [0-9.]+ MB", "at most N MB")
            .replaceAll("about (N (s|min|h|d) ?)+", "about N ")
            .endsWith(
                """
                round  trials  remaining      Pm
                    0       2     266200  100.00
                    1       4     213060   80.04

                6 trials, 24000 iterations
                disk: about 10.8 MB of results, at most N MB with checkpoints
                time: about N on N slots, at N ms per iteration and N ms per evaluation in the first round, N ms per iteration and N ms per evaluation in the last
                """),
        out.toString());
    assertFalse(Files.exists(store().root()));
  }

  @Test
  void aDryRunWithoutTheDataSaysAllButTheTime() throws IOException {
    assertEquals(
        0, tombola("run", "lenet-mnist", "--set", "dataset.dir=" + dir, "--dry-run", "--json"));
    JsonNode plan = Json.MAPPER.readTree(out.toString());
    assertTrue(plan.get("time").isNull());
    assertTrue(plan.get("no_time").asText().contains(dir.toString()), plan.toString());
    assertEquals(2, plan.get("disk").size());
  }

  @Test
  void saysItsVersionAndShowsHelp() {
    assertEquals(0, tombola("--version"));
    assertTrue(out.toString().startsWith("tombola 0.6.0-SNAPSHOT (commit "));
    assertEquals(0, tombola("run", "--help"));
    assertTrue(out.toString().contains("--dry-run"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
"""
rn                        |tombola: unmatched argument at index 0: 'rn'; did you mean run? 'tombola --help' lists all
''                        |tombola: expected a command, found none; 'tombola --help' lists all
run --dry-rnu             |tombola run: unknown option: '--dry-rnu'; did you mean --dry-run? 'tombola run --help' lists all
run a b                   |tombola run: unmatched argument at index 2: 'b'; 'tombola run --help' lists all
run --store               |tombola run: missing required parameter for option '--store' (DIR); 'tombola run --help' lists all
run quikstart             |tombola: campaign 'quikstart': expected a preset or a campaign file, found neither; did you mean quickstart? 'tombola presets' lists the presets
topics create --partitions 0|tombola: --partitions: expected at least 1, found 0
topics create --replication 40000|tombola: --replication: expected at least 1 and at most 32767, found 40000
topics check --set kafka.mode=off|tombola: expected a broker, found kafka.mode = off; leave it out to read the embedded one
topics chek               |tombola topics: unmatched argument at index 1: 'chek'; did you mean check? 'tombola topics --help' lists all
run --set pruning.rounds=0|tombola: --set pruning.rounds=0: expected at least 1, found 0; for example --set pruning.rounds=20
""")
  void aMistypedCommandLineIsOneLineAndExitCode2(String typed, String line) {
    assertEquals(2, tombola(typed.isEmpty() ? new String[0] : typed.split(" ")));
    assertEquals(line + "\n", err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void aStoreInUseIsExitCode4() {
    StoreLock held = StoreLock.acquire(store());
    try {
      assertEquals(4, failing(() -> StoreLock.acquire(store())));
    } finally {
      held.close();
    }
    assertTrue(err.toString().contains(" in use by process "), err.toString());
  }

  @Test
  void aDamagedArtifactIsExitCode5() {
    ArtifactRef missing = new ArtifactRef("0".repeat(64));
    assertEquals(5, failing(() -> new ArtifactStore(store()).get(missing)));
    assertTrue(err.toString().startsWith("tombola: missing artifact: "), err.toString());
  }

  @Test
  void aFullDiskIsExitCode6EvenInsideAnotherException() {
    assertEquals(
        6,
        failing(
            () -> {
              throw new CompletionException(
                  new NoSpaceException("the journal", new IOException("No space left on device")));
            }));
    assertTrue(
        err.toString().startsWith("tombola: expected free disk space for the journal"),
        err.toString());
  }

  @Test
  void outOfMemorySaysWhatToSet() {
    assertEquals(
        3,
        failing(
            () -> {
              throw new OutOfMemoryError("Java heap space");
            }));
    assertTrue(err.toString().contains("TOMBOLA_JAVA_OPTS=-Xmx"), err.toString());
  }

  @Test
  void aMistakeOfTheProgramIsOneLineWithItsTraceInALogFile() throws IOException {
    assertEquals(
        3,
        failing(
            () -> {
              throw new IllegalStateException("two\nlines");
            }));
    String line = err.toString();
    assertEquals(1, line.lines().count(), line);
    assertTrue(line.startsWith("tombola: internal error: IllegalStateException: two; "), line);
    Path log = Path.of(line.substring(line.indexOf("details in ") + 11).strip());
    assertTrue(Files.readString(log).contains("\tat io.tombola.deploy.cli."));
    Files.delete(log);
  }

  @Test
  void aRunGetsWhatWasAskedAndItsExitCodeIsPassedOn() {
    List<String> asked = new ArrayList<>();
    int code =
        Tombola.execute(
            (config, store, console) -> {
              asked.add(config.campaign().name() + " " + store.root() + " " + console.quiet());
              return ExitCode.INTERRUPTED;
            },
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "run",
            "--quiet",
            "--store",
            store().root().toString());
    assertEquals(75, code);
    assertEquals(List.of("quickstart " + store().root() + " true"), asked);
  }

  private StoreLayout store() {
    return new StoreLayout(dir.resolve("store"));
  }

  private int tombola(String... args) {
    return Tombola.execute(
        (config, store, console) -> {
          throw new AssertionError("nothing is to be run");
        },
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        args);
  }

  private int failing(Runnable failure) {
    return Tombola.execute(
        (config, store, console) -> {
          failure.run();
          return ExitCode.DONE;
        },
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        "run");
  }
}
