package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tombola.deploy.endtoend.TombolaProcess.Ended;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.postgres.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns whose journal is in a real PostgreSQL, as a user runs them. */
final class PostgresRunIT {

  private static final String SECRET = "s3cret-of-the-journal";
  private static final Map<String, String> PASSWORD = Map.of("TOMBOLA_JOURNAL_PASSWORD", SECRET);
  private static final String CAMPAIGN =
      """
      kafka.mode = off
      campaign {
        name = pg
        replicates = 1
        dataset { train-limit = 6000, test-limit = 1000, validation = 1000 }
        training { iterations = 300, evaluate-every = 100, checkpoint-every = 50 }
        pruning.rounds = 3
        controls.reinit = 1
      }
      """;

  @TempDir static Path folder;
  private static PostgresServer server;
  private static Path campaign;

  @BeforeAll
  static void start() throws Exception {
    server = PostgresServer.start(Files.createDirectory(folder.resolve("server")));
    server.execute(
        "CREATE ROLE runner LOGIN PASSWORD '" + SECRET + "'",
        "GRANT CREATE ON DATABASE postgres TO runner");
    campaign = Files.writeString(folder.resolve("pg.conf"), CAMPAIGN);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void killsOfTheProcessAndOfTheDatabaseChangeNoByte() throws Exception {
    Path whole = folder.resolve("whole");
    Path store = folder.resolve("killed");
    Ended uninterrupted =
        TombolaCommand.run("run", campaign.toString(), "--store", whole.toString());
    assertEquals(0, uninterrupted.exitCode(), uninterrupted.err());

    String[] run = run(store, url("killed"));
    try (TombolaProcess first = TombolaProcess.start(PASSWORD, run)) {
      awaitTrial(first);
      first.killAfter(0);
    }
    Ended half = command(store, "status");
    assertEquals(0, half.exitCode(), half.err());
    assertTrue(half.out().contains("interrupted"), half.out());

    try (TombolaProcess cutOff = TombolaProcess.start(PASSWORD, run)) {
      awaitTrial(cutOff);
      server.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'runner'");
      assertJournalLost(cutOff.end());
    }
    try (TombolaProcess alone = TombolaProcess.start(PASSWORD, run)) {
      awaitTrial(alone);
      server.stop();
      assertJournalLost(alone.end());
    }
    assertOneLine(3, command(store, "results"), "expected the journal's database", "killed");
    server.restart();

    Ended last = TombolaProcess.run(PASSWORD, "run", campaign.toString(), "--store", store + "");
    assertEquals(0, last.exitCode(), last.err());
    assertEquals(
        TombolaCommand.run("results", "--format", "csv", "--store", whole.toString()).out(),
        command(store, "results", "--format", "csv").out());
    assertEquals(artifacts(whole), artifacts(store));
    Ended verify = command(store, "verify");
    assertEquals(0, verify.exitCode(), verify.out());
    assertEquals(0, command(store, "report").exitCode());
    assertFalse(Files.exists(new StoreLayout(store).journal()), "no journal inside");
    assertNoSecret(store);
  }

  @Test
  void isPausedFromAnotherProcessAndResumedWithoutAProcess() throws Exception {
    Path store = folder.resolve("held");
    Path password = Files.writeString(folder.resolve("held-password"), SECRET + "\n");
    String[] command = run(store, url("held"), "journal.password-file=" + password);
    try (TombolaProcess run = TombolaProcess.start(command)) {
      awaitTrial(run);
      // In process: the start of a Java on a busy machine may outlast the rest of the campaign.
      Ended pause = TombolaCommand.run("pause", "--store", store.toString());
      assertEquals(0, pause.exitCode(), pause.err());
      run.awaitErr(line -> line.startsWith("paused; "));
      run.killAfter(0);
    }
    Ended resume = TombolaCommand.run("resume", "--store", store.toString());
    assertEquals(0, resume.exitCode(), resume.err());
    assertTrue(resume.out().startsWith("pg: interrupted; "), resume.out());
    Ended last = TombolaProcess.run(command);
    assertEquals(0, last.exitCode(), last.err());
    Ended verify = TombolaCommand.run("verify", "--store", store.toString());
    assertEquals(0, verify.exitCode(), verify.out());
    assertNoSecret(store);
  }

  @Test
  void aSecondStoreOnTheSameSchemaIsRefused() throws Exception {
    Path first = folder.resolve("first");
    try (TombolaProcess holder =
        TombolaProcess.start(PASSWORD, run(first, url("shared"), "training.iterations=1000000"))) {
      holder.awaitErr(line -> line.startsWith("pg: "));

      Path copy = folder.resolve("copy");
      Files.createDirectories(copy);
      Files.copy(new StoreLayout(first).id(), new StoreLayout(copy).id());
      assertOneLine(
          4,
          TombolaProcess.run(PASSWORD, run(copy, url("shared"))),
          "process " + holder.pid() + " on ");
      holder.terminate();
      assertEquals(75, holder.end().exitCode());
    }
    Ended stranger = TombolaProcess.run(PASSWORD, run(folder.resolve("other"), url("shared")));
    assertOneLine(2, stranger, "?currentSchema=NAME");
    assertOneLine(
        2, TombolaProcess.run(PASSWORD, run(first, url("elsewhere"))), "schema shared", "--store");
  }

  @Test
  void thePasswordNeverShowsWhateverGoesWrong() throws Exception {
    Path store = folder.resolve("guarded");
    Ended inside = TombolaCommand.run(run(store, url("guarded") + "&password=" + SECRET));
    assertOneLine(2, inside, "$TOMBOLA_JOURNAL_PASSWORD", "journal.password-file");
    assertOneLine(3, TombolaCommand.run(run(store, url("guarded"))), "no password was provided");

    Path file = Files.writeString(folder.resolve("password"), SECRET + "-wrong\n");
    String fromFile = "journal.password-file=" + file;
    assertOneLine(
        3,
        TombolaCommand.run(run(store, url("guarded"), fromFile)),
        "password authentication failed");
    assertNoSecret(store);

    Files.writeString(file, SECRET + "\n");
    Ended run = TombolaCommand.run(run(store, url("guarded"), fromFile, "pruning.rounds=1"));
    assertEquals(0, run.exitCode(), run.err());
    Ended results = TombolaCommand.run("results", "--store", store.toString());
    assertEquals(0, results.exitCode(), "the store knows the file: " + results.err());
    assertNoSecret(store);
    assertFalse((run.out() + run.err() + results.out()).contains(SECRET));
  }

  private static String url(String schema) {
    return server.url() + "?user=runner&currentSchema=" + schema;
  }

  private static String[] run(Path store, String url, String... settings) {
    Stream<String> command =
        Stream.of("run", campaign.toString(), "--store", store.toString(), "--set");
    return Stream.of(
            command,
            Stream.of("journal.url=" + url),
            Stream.of(settings).flatMap(setting -> Stream.of("--set", setting)))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private static Ended command(Path store, String... arguments) throws Exception {
    return TombolaProcess.run(
        PASSWORD,
        Stream.concat(Stream.of(arguments), Stream.of("--store", store.toString()))
            .toArray(String[]::new));
  }

  /** Waits for the first trial that this process has finished, which is in the journal then. */
  private static void awaitTrial(TombolaProcess process) throws Exception {
    process.awaitErr(line -> line.contains("test accuracy"));
  }

  private static void assertJournalLost(Ended ended) {
    List<String> lines = ended.err().lines().toList();
    String last = lines.get(lines.size() - 1);
    assertTrue(last.startsWith("tombola: expected the journal's database"), ended.err());
    assertTrue(last.endsWith("run the same command again"), ended.err());
    assertEquals(3, ended.exitCode(), ended.err());
    assertTrue(
        lines.stream().noneMatch(line -> line.matches("replicate \\d+ failed.*")), ended.err());
    assertFalse(ended.err().contains("\tat "), ended.err());
  }

  private static void assertOneLine(int code, Ended ended, String... parts) {
    assertEquals(code, ended.exitCode(), ended.err());
    assertEquals(1, ended.err().lines().count(), ended.err());
    for (String part : parts) {
      assertTrue(ended.err().contains(part), () -> "expected " + part + " in: " + ended.err());
    }
    assertFalse((ended.out() + ended.err()).contains(SECRET), ended.err());
  }

  private static List<?> artifacts(Path store) {
    return new ArtifactStore(new StoreLayout(store)).list();
  }

  private static void assertNoSecret(Path store) throws Exception {
    try (Stream<Path> files = Files.walk(store)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertFalse(content.contains(SECRET), file.toString());
      }
    }
  }
}
