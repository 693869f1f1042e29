package io.tombola.deploy.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tombola.deploy.cli.TinyCampaign;
import io.tombola.deploy.live.WatchedStore;
import io.tombola.protocol.json.Json;
import io.tombola.storage.StoreLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the OpenAPI document with the responses of a server of a real run. */
final class OpenApiTest {

  private static final String SCHEMAS = "#/$defs/";
  private static final String CAMPAIGN = "/api/v1/campaigns/{campaign}";
  private static final ObjectNode DOCUMENT = strict();

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void serve() {
    StoreLayout store = new StoreLayout(folder.resolve("store"));
    TinyCampaign.run(store, TinyCampaign.config("replicates=2"));
    server = new TestServer(store);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Test
  void documentsExactlyTheServedRoutes() {
    Set<String> documented = new TreeSet<>();
    DOCUMENT
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> served =
        server.endpoints().stream()
            .map(endpoint -> endpoint.method() + " " + endpoint.template())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(documented, served);
  }

  @Test
  void everyResponseIsAsDocumented() throws Exception {
    for (Endpoint endpoint : server.endpoints()) {
      boolean endless = endpoint.template().endsWith("/stream");
      if (endpoint.method().equals("GET") && !endless) {
        assertDocumented(endpoint.template(), server.get(filled(endpoint.template())));
      }
    }
    assertDocumented(CAMPAIGN + "/results", server.get(path("/results?format=csv")));
    assertDocumented(CAMPAIGN + "/events", server.get(path("/events?after=1.2&limit=3")));
  }

  @Test
  void everyStreamMessageIsAsDocumented() throws Exception {
    Set<String> seen = new HashSet<>();
    Set<String> kinds = new HashSet<>();
    try (SseReader stream = SseReader.open(server.uri(path("/stream")), Optional.of("9999"))) {
      while (!seen.contains("live")) {
        SseReader.Message message = stream.next().orElseThrow();
        JsonNode data = Json.MAPPER.readTree(message.data());
        seen.add(message.event());
        switch (message.event()) {
          case "event" -> {
            assertValid("Event", data);
            kinds.add(data.get("kind").asText());
            assertEquals(data.get("kind").asText().equals("TrialEvaluated"), data.has("record"));
          }
          case "status" -> assertValid("CampaignStatus", data);
          case "reset" -> assertValid("Reset", data);
          default -> assertTrue(data.isNull(), "no process runs the campaign");
        }
      }
    }
    assertEquals(Set.of("reset", "event", "status", "live"), seen);
    assertTrue(kinds.contains("TrialEvaluated"), kinds::toString);
  }

  @Test
  void theHeartbeatOfARunningProcessIsAsDocumented() throws Exception {
    Path root = folder.resolve("watched");
    try (WatchedStore watched = new WatchedStore(root)) {
      watched.campaign("seen").evaluated(0, 88).prepared(1).heartbeat(1500, 4000);
      watched.snapshot();
      try (TestServer other = new TestServer(new StoreLayout(root))) {
        HttpResponse<String> response = other.get("/api/v1/campaigns/seen");
        JsonNode campaign = Json.MAPPER.readTree(response.body());
        assertEquals(1500, campaign.at("/live/slots/0/training/iteration").asInt());
        assertEquals("running", campaign.at("/status/state").asText());
        assertDocumented(CAMPAIGN, response);
        assertDocumented("/api/v1/snapshot", other.get("/api/v1/snapshot"));
        assertTrue(other.get("/health/ready").body().contains("\"campaign\":\"seen\""));
      }
    }
  }

  @Test
  void problemsAreAsDocumented() throws Exception {
    for (Endpoint endpoint : server.endpoints()) {
      if (endpoint.template().contains("{campaign}") && endpoint.method().equals("GET")) {
        String nowhere = endpoint.template().replace("{campaign}", "none");
        HttpResponse<String> response = server.get(nowhere);
        assertEquals(404, response.statusCode());
        assertTrue(response.body().contains("there are: tiny"), response.body());
        assertDocumented(endpoint.template(), response);
      }
    }
    assertProblem(400, CAMPAIGN + "/events", "/events?after=x");
    assertProblem(400, CAMPAIGN + "/events", "/events?limit=0");
    assertProblem(400, CAMPAIGN + "/events", "/events?limit=5001");
    assertProblem(409, CAMPAIGN + "/events", "/events?after=9999");
    assertProblem(400, CAMPAIGN + "/stream", "/stream?after=1..2");
    assertProblem(400, CAMPAIGN + "/results", "/results?format=xml");
  }

  @Test
  void aWrongMethodGetsTheAllowedMethods() throws Exception {
    Raw response = Raw.post(server.port(), "/api/v1/store", "Content-Type: application/json");
    assertEquals(405, response.status());
    assertEquals(Optional.of("GET"), response.header("Allow"));
    assertEquals(404, Raw.get(server.port(), "/api/v2/store").status());
  }

  @Test
  void anUnchangedSnapshotIsNotSentAgain() throws Exception {
    HttpResponse<String> first = server.get("/api/v1/snapshot");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = server.get("/api/v1/snapshot", "If-None-Match", tag);
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
  }

  @Test
  void theRoundSchemaIsThatOfTheTopic() throws IOException {
    JsonNode round = resource("/io/tombola/protocol/record/round.v1.schema.json");
    JsonNode documented = document().at("/components/schemas/Round");
    assertEquals(round.get("properties"), documented.get("properties"));
    assertEquals(round.get("required"), documented.get("required"));
  }

  private static void assertProblem(int status, String template, String rest) throws Exception {
    HttpResponse<String> response = server.get(path(rest));
    assertEquals(status, response.statusCode(), response.body());
    assertDocumented(template, response);
  }

  private static void assertDocumented(String template, HttpResponse<String> response)
      throws IOException {
    String where = response.uri() + " " + response.statusCode();
    JsonNode responses = DOCUMENT.get("paths").get(template).get("get").get("responses");
    JsonNode documented = responses.get(String.valueOf(response.statusCode()));
    assertTrue(documented != null, where + ": " + response.body());
    String type = response.headers().firstValue("Content-Type").orElseThrow().replaceAll(";.*", "");
    JsonNode content = documented.get("content");
    assertTrue(content.has(type) || content.has("*/*"), where + ": " + type);
    assertFalse(response.body().isEmpty(), where);
    if (type.endsWith("json")) {
      assertEquals(
          List.of(),
          schema(content.get(type).get("schema")).validate(Json.MAPPER.readTree(response.body())),
          where);
    }
  }

  private static void assertValid(String name, JsonNode value) {
    ObjectNode reference = Json.MAPPER.createObjectNode().put("$ref", SCHEMAS + name);
    assertEquals(List.of(), schema(reference).validate(value), value::toString);
  }

  /** Adds the other schemas, so that references resolve. */
  private static Schema schema(JsonNode own) {
    ObjectNode whole = own.deepCopy();
    whole.set("$defs", DOCUMENT.at("/components/schemas"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole);
  }

  private static String path(String rest) {
    return filled(CAMPAIGN) + rest;
  }

  private static String filled(String template) {
    String path = template;
    for (Map.Entry<String, String> name :
        Map.of("{campaign}", "tiny", "{file}", "uPlot.min.css").entrySet()) {
      path = path.replace(name.getKey(), name.getValue());
    }
    return path;
  }

  /** The document without additional properties, which clients, but not this test, must allow. */
  private static ObjectNode strict() {
    try {
      String text = document().toString().replace("#/components/schemas/", SCHEMAS);
      ObjectNode document = (ObjectNode) Json.MAPPER.readTree(text);
      close(document.at("/components/schemas"));
      close(document.get("paths"));
      return document;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(JsonNode node) {
    if (node.path("properties").isObject() && !node.has("additionalProperties")) {
      ((ObjectNode) node).put("additionalProperties", false);
    }
    node.forEach(OpenApiTest::close);
  }

  private static JsonNode document() throws IOException {
    return resource("openapi.json");
  }

  private static JsonNode resource(String name) throws IOException {
    try (InputStream in = WebServer.class.getResourceAsStream(name)) {
      return Json.MAPPER.readTree(in);
    }
  }
}
