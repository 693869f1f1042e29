package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombola.deploy.broker.StoreBroker;
import io.tombola.storage.StoreLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a consumer learns of a real campaign that was killed, resumed and finished. */
final class LiveTopicsIT {

  private static final String CAMPAIGN =
      """
      campaign {
        name = live
        replicates = 2
        network = "dense 20, dense 10"
        dataset { train-limit = 2000, test-limit = 500, validation = 200 }
        training { iterations = 1000, evaluate-every = 100, checkpoint-every = 50 }
        pruning.rounds = 1
        controls { reinit = 1 }
      }
      """;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void theLatestStatesAreWhatStatusSays() throws Exception {
    Path file = Files.writeString(folder.resolve("live.conf"), CAMPAIGN);
    try (TombolaProcess run = start("run", file.toString())) {
      run.awaitErr(line -> line.startsWith("live/"));
      run.killAfter(0);
    }
    TombolaProcess.Ended whole = run("run", file.toString());
    assertEquals(0, whole.exitCode(), whole.err());
    // One broker for the commands that follow, each of which would start one.
    StoreBroker broker = StoreBroker.open(new StoreLayout(store()));
    try (broker) {
      assertTopicsShow(whole);
    }
  }

  private void assertTopicsShow(TombolaProcess.Ended whole) throws Exception {
    assertStatesMatchStatus();

    assertEquals(6, run("topics", "tail").out().lines().count());
    Set<String> published =
        records("progress").stream()
            .filter(news -> news.get("kind").asText().equals("trial-ended"))
            .map(LiveTopicsIT::trial)
            .collect(Collectors.toSet());
    List<String> announced =
        whole
            .err()
            .lines()
            .filter(line -> line.startsWith("live/"))
            .map(LiveTopicsIT::first)
            .toList();
    assertTrue(
        !announced.isEmpty() && published.containsAll(announced),
        () -> announced + " " + published);

    TombolaProcess.Ended check = run("topics", "check");
    assertEquals(0, check.exitCode(), check.out());
    assertEquals(
        """
        tombola.rounds.v1: exists already
        tombola.campaigns.v1: exists already
        tombola.progress.v1: exists already
        """,
        run("topics", "create").out());
  }

  private static String trial(JsonNode news) {
    return Stream.of("campaign", "replicate", "round", "arm")
        .map(part -> news.get(part).asText())
        .collect(Collectors.joining("/"));
  }

  private static String first(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  private void assertStatesMatchStatus() throws Exception {
    Map<String, JsonNode> latest = new TreeMap<>();
    for (JsonNode record : records("campaigns")) {
      latest.put(record.get("campaign").asText() + "/" + record.get("replicate"), record);
    }
    JsonNode status = JSON.readTree(run("status", "--json").out()).get(0);
    JsonNode whole = latest.remove("live/null");
    assertSame(
        List.of("state", "trials_ended", "trials", "started_at", "finished_at"), status, whole);
    assertEquals(2, latest.size());
    assertEquals(2, status.get("replicates").size());
    status
        .get("replicates")
        .forEach(
            replicate ->
                assertSame(
                    List.of("state", "rounds_ended", "rounds", "trials_ended", "trials"),
                    replicate,
                    latest.get("live/" + replicate.get("replicate"))));
  }

  private static void assertSame(List<String> properties, JsonNode status, JsonNode record) {
    properties.forEach(
        property -> assertEquals(status.required(property), record.required(property), property));
  }

  private List<JsonNode> records(String topic) throws Exception {
    TombolaProcess.Ended tail = run("topics", "tail", topic);
    assertEquals(0, tail.exitCode(), tail.err());
    return StreamSupport.stream(
            JSON.readTree("[" + String.join(",", tail.out().lines().toList()) + "]").spliterator(),
            false)
        .toList();
  }

  private TombolaProcess start(String... arguments) throws Exception {
    return TombolaProcess.start(Map.of("TOMBOLA_STORE", store().toString()), arguments);
  }

  private TombolaProcess.Ended run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("--store", store().toString()));
    return TombolaCommand.run(command.toArray(String[]::new));
  }

  private Path store() {
    return folder.resolve("store");
  }
}
