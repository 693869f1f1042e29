package io.tombola.protocol.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

  private static final Map<String, String> HEADERS =
      RecordHeaders.ofRound(
          new TrialId("quickstart", 1, 2, Arm.TICKET),
          Instant.parse("2026-01-02T03:04:05Z"),
          17,
          "store");

  private static JsonNode document;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream yaml = RecordHeaders.class.getResourceAsStream("asyncapi.yaml")) {
      document = new YAMLMapper().readTree(yaml);
    }
  }

  @Test
  void namesTheTopic() {
    assertEquals(Topics.ROUNDS, document.at("/channels/rounds/address").asText());
  }

  @Test
  void describesTheHeadersThatArePublished() {
    JsonNode headers = document.at("/components/messages/round/headers");
    List<String> required = new ArrayList<>();
    headers.get("required").forEach(name -> required.add(name.asText()));

    assertEquals(List.copyOf(HEADERS.keySet()), required);
    for (Map.Entry<String, String> header : HEADERS.entrySet()) {
      JsonNode described = headers.get("properties").get(header.getKey());
      assertNotNull(described, header.getKey());
      if (described.has("const")) {
        assertEquals(described.get("const").asText(), header.getValue());
      }
    }
  }

  @Test
  void pointsToTheSchemaBesideIt() {
    assertEquals(
        RecordHeaders.ROUND_SCHEMA_RESOURCE,
        document.at("/components/messages/round/payload/schema/$ref").asText());
  }

  @Test
  void identifiesATrialTheSameWayOnEveryRun() {
    assertEquals("quickstart/1/2/ticket/trial", HEADERS.get(RecordHeaders.ID));
    assertEquals("17", HEADERS.get(RecordHeaders.SEQUENCE));
  }
}
