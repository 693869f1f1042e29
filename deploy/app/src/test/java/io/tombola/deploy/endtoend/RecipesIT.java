package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.deploy.broker.JournalFixture;
import io.tombola.deploy.broker.StoreBroker;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.RecordHeaders;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows {@code docs/consumers.md} to the letter, at a broker that holds the rounds of two
 * campaigns: one that was really run, and one with trials that failed.
 */
@DisabledOnOs(OS.WINDOWS)
final class RecipesIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  @TempDir static Path dir;
  private static ConsumerRecipes recipes;
  private static RecipeFolder folder;
  private static StoreBroker broker;
  private static Map<String, JsonNode> rows;

  @BeforeAll
  static void runCampaign() throws Exception {
    recipes = ConsumerRecipes.in(dir);
    folder = recipes.folder();
    StoreLayout store = new StoreLayout(dir.resolve("tombola-store"));
    StoredQueue.write(store, new JournalFixture("queue", 2, 1).addRounds(2));
    TombolaProcess.Ended run = TombolaCommand.run(SmallRun.command(store.root(), "live"));
    assertEquals(0, run.exitCode(), run.err());
    rows = Rows.of(store.root());
    assertTrue(rows.size() > 10, rows.keySet()::toString);
    broker = StoreBroker.open(store);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void everyRecipeIsTried() {
    assertEquals(
        Set.of("address", "kcat", "console", "java", "python", "connect"),
        folder.recipes().commands().keySet());
  }

  @Test
  void theAddressIsInTheStore() throws Exception {
    assertEquals(broker.address(), recipes.findBroker());
  }

  @Test
  void kcatPrintsEachRowOnceAndEnds() throws Exception {
    Tool.requireKcat();
    try (RecipeProcess kcat = recipes.start("kcat", broker.address())) {
      assertEquals(Rows.lines(rows), sorted(kcat.end()));
    }
  }

  @Test
  void theConsoleConsumerPrintsEachRowOnce() throws Exception {
    try (RecipeProcess console = recipes.start("console", broker.address())) {
      assertEquals(Rows.lines(rows), sorted(console.lines(rows.size())));
    }
  }

  @Test
  void theJavaConsumerKeepsEachRowInAFile() throws Exception {
    try (RecipeProcess java = recipes.start("java", broker.address())) {
      assertEquals(sorted(rows.keySet()), sorted(java.lines(rows.size())));
    }
    assertEquals(rows, Rows.in(dir.resolve("rows")));
  }

  @Test
  void thePythonConsumerPrintsAccuracies() throws Exception {
    folder.addCommand("python3", Tool.pythonWithKafka());
    try (RecipeProcess python = recipes.start("python", broker.address())) {
      assertEquals(
          rows.values().stream().map(RecipesIT::accuracy).sorted().toList(),
          sorted(python.lines(rows.size())));
    }
  }

  private static String accuracy(JsonNode row) {
    JsonNode percent = row.get("final_test_accuracy_percent");
    return Stream.of("campaign", "replicate", "round", "arm")
            .map(field -> row.get(field).asText())
            .collect(Collectors.joining(" "))
        + " "
        + (percent.isNull() ? "None" : percent.asText());
  }

  @Test
  void connectSinksTakeEachRowWithAndWithoutASchema() throws Exception {
    try (RecipeProcess connect = recipes.start("connect", broker.address())) {
      Awaitility.await("rows in both files")
          .atMost(TIMEOUT)
          .until(
              () -> {
                assertTrue(connect.isAlive(), () -> "Connect ended: " + said("connect.err"));
                return folder.lines("maps.txt").size() >= rows.size()
                    && folder.lines("structs.txt").size() >= rows.size();
              });
    }
    assertEquals(fieldsOfRows(true), fieldsOfSink("maps.txt"));
    assertEquals(fieldsOfRows(false), fieldsOfSink("structs.txt"));
  }

  private static String said(String file) {
    try {
      return String.join("\n", folder.lines(file));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** What Connect's file sink makes of rows: {@code {a=1, b=2}} or {@code Struct{a=1,b=2}}. */
  private static List<String> fieldsOfSink(String file) throws Exception {
    return folder.lines(file).stream()
        .map(line -> line.substring(line.indexOf('{') + 1, line.length() - 1))
        .map(fields -> sorted(List.of(fields.split(", ?"))).toString())
        .sorted()
        .toList();
  }

  private static List<String> fieldsOfRows(boolean withNulls) {
    return rows.values().stream()
        .map(
            row ->
                row.properties().stream()
                    .filter(field -> withNulls || !field.getValue().isNull())
                    .map(field -> field.getKey() + "=" + field.getValue().asText())
                    .sorted()
                    .toList()
                    .toString())
        .sorted()
        .toList();
  }

  @Test
  void theSchemaForConnectSaysTheSameAsTheJsonSchema() throws Exception {
    JsonNode schema = jsonSchema();
    Set<String> required =
        schema.get("required").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    Map<String, String> expected = new TreeMap<>();
    schema
        .get("properties")
        .properties()
        .forEach(p -> expected.put(p.getKey(), type(p.getValue(), required.contains(p.getKey()))));
    JsonNode connect = Json.MAPPER.readTree(dir.resolve("round.v1.connect.json").toFile());
    Map<String, String> found = new TreeMap<>();
    connect.get("fields").forEach(f -> found.put(f.get("field").asText(), connectType(f)));
    assertEquals(expected, found);
    assertEquals(RecordHeaders.ROUND_TYPE, connect.get("name").asText());
  }

  private static JsonNode jsonSchema() throws IOException {
    try (InputStream schema =
        RecordHeaders.class.getResourceAsStream(RecordHeaders.ROUND_SCHEMA_RESOURCE)) {
      return Json.MAPPER.readTree(schema);
    }
  }

  private static String type(JsonNode property, boolean required) {
    JsonNode type = property.get("type");
    boolean nullable = type.isArray();
    return (nullable ? type.get(0) : type).asText() + (required && !nullable ? "" : ", optional");
  }

  private static String connectType(JsonNode field) {
    Map<String, String> types =
        Map.of("int32", "integer", "int64", "integer", "double", "number", "string", "string");
    return types.get(field.get("type").asText())
        + (field.path("optional").asBoolean() ? ", optional" : "");
  }

  private static List<String> sorted(Collection<String> lines) {
    return lines.stream().sorted().toList();
  }
}
