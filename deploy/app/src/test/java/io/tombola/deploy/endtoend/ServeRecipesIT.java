package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombola.deploy.serve.SseReader;
import io.tombola.deploy.serve.SseReader.Message;
import io.tombola.protocol.ReplicateId;
import io.tombola.protocol.event.JournalId;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows {@code docs/serve.md} to the letter, at a quickstart that serves itself and stands still,
 * paused, before and after each test.
 */
@DisabledOnOs(OS.WINDOWS)
final class ServeRecipesIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final String QUICKSTART = "quickstart";
  private static final int REPLICATES = 2;
  private static final String PAUSED = "paused; resume with 'tombola resume quickstart'";

  @TempDir static Path dir;
  private static ServeRecipes recipes;
  @AutoClose private static ServeRecipes.Server run;
  private static ServedCampaign campaign;

  @BeforeAll
  static void pauseAQuickstart() throws Exception {
    Tool.require("curl", "--version");
    recipes = ServeRecipes.in(dir);
    run = recipes.serve("run");
    campaign = ServedCampaign.of(run.url(), QUICKSTART);
    await("the campaign", run.process(), campaign::isThere);
    awaitResults(1);
    pause();
  }

  private static void awaitResults(int count) {
    await("results", run.process(), () -> campaign.results().size() >= count);
  }

  /** Waits for a condition that only {@code worker} brings about. */
  private static void await(String what, RecipeProcess worker, Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(TIMEOUT)
        .until(
            () -> {
              assertTrue(worker.isAlive(), "the process ended first");
              return condition.call();
            });
  }

  /** Pauses it by the recipe. */
  private static void pause() throws Exception {
    int before = run.said(PAUSED).size();
    assertEquals("paused", state(text("pause")));
    awaitPause(before + 1);
  }

  private static String state(String status) throws IOException {
    return Json.MAPPER.readTree(status).get("state").asText();
  }

  /** Waits until nothing is computed any more, and the server has seen all that was. */
  private static void awaitPause(int pauses) throws Exception {
    run.await(PAUSED, pauses);
    String head = head();
    await(
        "the server to see the last event", run.process(), () -> campaign.position().equals(head));
  }

  private static String head() throws IOException {
    try (JournalReader journal = JournalReader.open(new StoreLayout(store()))) {
      Stream<String> replicates =
          IntStream.rangeClosed(1, REPLICATES)
              .mapToObj(replicate -> JournalId.replicate(new ReplicateId(QUICKSTART, replicate)));
      return Stream.concat(Stream.of(JournalId.campaign(QUICKSTART)), replicates)
          .map(id -> String.valueOf(journal.highestSequence(id)))
          .collect(Collectors.joining("."));
    }
  }

  private static Path store() {
    return dir.resolve("tombola-store");
  }

  /** What a recipe that ends prints. */
  private static String text(String recipe) throws Exception {
    return text(run, recipe);
  }

  private static String text(ServeRecipes.Server server, String recipe) throws Exception {
    try (RecipeProcess process = recipes.ask(server, recipe)) {
      return String.join("\n", process.end());
    }
  }

  @Test
  void everyRecipeIsTried() {
    Recipes all = recipes.folder().recipes();
    assertEquals(
        Set.of(
            "serve", "run", "token", "clients", "results", "pause", "refused", "follow", "shell"),
        all.commands().keySet());
    assertEquals(Set.of("tombola.conf"), all.files().keySet());
    assertEquals(Set.of("refused", "follow"), all.answers().keySet());
  }

  @Test
  void servesBesideARun() throws Exception {
    try (ServeRecipes.Server server = recipes.serve("serve")) {
      ServedCampaign beside = ServedCampaign.of(server.url(), QUICKSTART);
      assertEquals(campaign.results(), beside.results());
      assertEquals(campaign.position(), beside.position());
    }
  }

  @Test
  void servesClientsWithTheToken() throws Exception {
    Tool.require("openssl", "version");
    try (ServeRecipes.Server server = recipes.serve("token")) {
      Path token = dir.resolve("token");
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(token)));
      String output = text(server, "clients");
      assertTrue(output.startsWith("{\"store\":\"" + store() + "\""), output);
      assertTrue(output.contains("tombola watch " + server.url()), output);
      assertTrue(output.contains("paused ["), output);
      text(server, "results");
      String refused = Files.readString(dir.resolve("results.csv"));
      assertTrue(refused.contains("expected the token"), refused);
    }
  }

  @Test
  void keepsResultsInAFile() throws Exception {
    assertEquals("", text("results"));
    TombolaProcess.Ended results =
        TombolaCommand.run("results", "--format", "csv", "--store", store().toString());
    assertFalse(results.out().isEmpty(), results.err());
    assertEquals(results.out(), Files.readString(dir.resolve("results.csv")));
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertEquals(
        answer("refused").strip().replace("/data/tombola-store", store().toString()),
        text("refused"));
  }

  private static String answer(String name) {
    return recipes.folder().recipes().answers().get(name);
  }

  @Test
  void theStreamHasTheMessagesThatTheDocumentShows() throws Exception {
    List<Message> heard;
    try (RecipeProcess follow = recipes.ask(run, "follow")) {
      List<String> lines = follow.until(line -> line.equals("event: live"));
      lines.addAll(follow.lines(1));
      heard = SseReader.messages(lines);
    }
    List<Message> shown = SseReader.messages(answer("follow").lines().toList());
    assertEquals(List.of("event", "live"), shown.stream().map(Message::event).toList());
    for (Message message : shown) {
      String form = form(message);
      assertTrue(
          heard.stream().map(ServeRecipesIT::form).anyMatch(form::equals),
          () -> form + " in " + heard);
    }
  }

  /** A message without what differs from time to time. */
  private static String form(Message message) {
    try {
      ObjectNode data = (ObjectNode) Json.MAPPER.readTree(message.data().replace("...", ""));
      data.remove("at");
      Set<String> names = new TreeSet<>();
      data.fieldNames().forEachRemaining(names::add);
      boolean event = message.event().equals("event");
      return message.id().map(id -> id.split("\\.").length) + (event ? data : names).toString();
    } catch (IOException e) {
      throw new IllegalStateException(message.data(), e);
    }
  }

  @Test
  void theShellScriptPrintsEachResultOnceAndResumes() throws Exception {
    Tool.require("jq", "--version");
    List<RoundRecord> printed = new ArrayList<>();
    try (RecipeProcess shell = recipes.ask(run, "shell")) {
      printed.addAll(rows(shell.lines(campaign.results().size())));
      await(
          "the shell's position",
          shell,
          () -> recipes.folder().lines("position").equals(List.of(campaign.position())));
    }
    assertEquals("running", campaign.order("resume"));
    awaitResults(printed.size() + 1);
    pause();
    List<RoundRecord> all = campaign.results();
    try (RecipeProcess shell = recipes.ask(run, "shell")) {
      printed.addAll(rows(shell.lines(all.size() - printed.size())));
    }
    assertEquals(Set.copyOf(all), Set.copyOf(printed));
    assertEquals(all.size(), printed.size());
  }

  private static List<RoundRecord> rows(List<String> lines) throws IOException {
    List<RoundRecord> rows = new ArrayList<>();
    for (String line : lines) {
      rows.add(Json.MAPPER.readValue(line, RoundRecord.class));
    }
    return rows;
  }

  @Test
  void nginxPassesThePageStreamsAndOrdersOn() throws Exception {
    Tool.require("openssl", "version");
    Tool.nginx();
    try (ServeRecipes.Server server = recipes.serve("token");
        Nginx nginx = Nginx.start(dir.resolve("nginx"), locations(server.port()))) {
      String token = Files.readString(dir.resolve("token")).strip();
      for (String path : List.of("/", "/tombola/")) {
        assertTrue(nginx.ask(path + "?token=" + token).contains("url=./"));
        assertTrue(nginx.ask(path).contains("<title>Tombola</title>"));
        followOrders(nginx, path + "api/v1/campaigns/quickstart/");
      }
      assertEquals(2, nginx.cookies().size(), nginx.cookies()::toString);
      nginx.cookies().forEach(cookie -> assertEquals("TRUE", cookie.get(3), "over TLS alone"));
    }
  }

  /** The document's block, and the same below another path as the document says. */
  private static String locations(int port) {
    String block = recipes.folder().recipes().files().get("tombola.conf");
    String here = block.replace("8420", String.valueOf(port));
    return here + here.replace("location /", "location /tombola/").replace(port + ";", port + "/;");
  }

  private static void followOrders(Nginx nginx, String path) throws Exception {
    int before = run.said(PAUSED).size();
    try (RecipeProcess stream = nginx.follow(path + "stream")) {
      stream.until(line -> line.equals("event: live"));
      assertEquals("running", state(order(nginx, path + "resume")));
      stream.until(line -> line.contains("\"kind\":\"CampaignUnpaused\""));
      assertEquals("paused", state(order(nginx, path + "pause")));
      stream.until(line -> line.contains("\"kind\":\"CampaignPaused\""));
    }
    awaitPause(before + 1);
  }

  private static String order(Nginx nginx, String path) throws Exception {
    String origin = "Origin: " + nginx.origin();
    return nginx.ask(path, "-d", "{}", "-H", "Content-Type: application/json", "-H", origin);
  }
}
