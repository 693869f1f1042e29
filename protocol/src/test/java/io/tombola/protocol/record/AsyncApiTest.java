package io.tombola.protocol.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsyncApiTest {

  private static final Map<String, String> ROUND =
      RecordHeaders.ofRound(
          new TrialId("quickstart", 1, 2, Arm.TICKET),
          Instant.parse("2026-01-02T03:04:05Z"),
          17,
          "store");

  private static final Map<String, Map<String, String>> HEADERS =
      Map.of(
          "round", ROUND,
          "campaign", RecordHeaders.ofCampaign(RecordSamples.REPLICATE, 17, "store"),
          "progress", RecordHeaders.ofProgress(RecordSamples.ADVANCED, "store/1/2", "store"));

  private static JsonNode document;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream yaml = RecordHeaders.class.getResourceAsStream("asyncapi.yaml")) {
      document = new YAMLMapper().readTree(yaml);
    }
  }

  @ParameterizedTest
  @EnumSource
  void describesTheTopicAsItIsCreated(Topic topic) {
    JsonNode channel = document.at("/channels/" + topic.shortName());
    JsonNode settings = channel.at("/bindings/kafka/topicConfiguration");

    assertEquals(topic.address(), channel.get("address").asText());
    assertEquals("[\"" + topic.cleanup().word() + "\"]", settings.get("cleanup.policy").toString());
    assertEquals(
        topic.retentionMillis(), settings.path("retention.ms").asLong(Topic.FOREVER), "retention");
  }

  @ParameterizedTest
  @ValueSource(strings = {"round", "campaign", "progress"})
  void describesTheHeadersThatArePublished(String message) {
    JsonNode headers = document.at("/components/messages/" + message + "/headers");
    List<String> required = new ArrayList<>();
    headers.get("required").forEach(name -> required.add(name.asText()));

    assertEquals(List.copyOf(HEADERS.get(message).keySet()), required);
    for (Map.Entry<String, String> header : HEADERS.get(message).entrySet()) {
      JsonNode described = headers.get("properties").get(header.getKey());
      assertNotNull(described, header.getKey());
      if (described.has("const")) {
        assertEquals(described.get("const").asText(), header.getValue());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "round, " + RecordHeaders.ROUND_SCHEMA_RESOURCE,
    "campaign, " + RecordHeaders.CAMPAIGN_SCHEMA_RESOURCE,
    "progress, " + RecordHeaders.PROGRESS_SCHEMA_RESOURCE
  })
  void pointsToTheSchemaBesideItThatRecordsName(String message, String resource)
      throws IOException {
    JsonNode schema = Json.MAPPER.readTree(Published.text(resource));
    assertEquals(
        resource, document.at("/components/messages/" + message + "/payload/schema/$ref").asText());
    assertEquals(schema.get("$id").asText(), HEADERS.get(message).get(RecordHeaders.DATA_SCHEMA));
  }

  @Test
  void everyOperationSendsWhatItsChannelHas() {
    document
        .get("operations")
        .forEach(
            operation -> {
              String reference = operation.at("/messages/0/$ref").asText();
              JsonNode message = document.at(reference.substring(1));
              assertTrue(document.at(message.get("$ref").asText().substring(1)).has("payload"));
            });
  }

  @Test
  void identifiesATrialTheSameWayOnEveryRun() {
    assertEquals("quickstart/1/2/ticket/trial", ROUND.get(RecordHeaders.ID));
    assertEquals("17", ROUND.get(RecordHeaders.SEQUENCE));
  }

  @Test
  void identifiesAStateByItsKeyAndSequence() {
    Map<String, String> state = HEADERS.get("campaign");
    assertEquals("quickstart/1/17", state.get(RecordHeaders.ID));
    assertEquals("tombola/quickstart", state.get(RecordHeaders.SOURCE));
    assertEquals("2026-01-02T03:05:05.678Z", state.get(RecordHeaders.TIME));
  }
}
