package io.tombola.protocol.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What consumers already read must stay valid. The golden records of each version are as its code
 * wrote them, beside the schemas that it published: a later version adds a folder of its own, and
 * never changes an older one.
 */
class GoldenRecordsTest {

  private static final String NEWEST = "0.5.0";
  private static final Map<String, List<String>> VERSIONS =
      Map.of(
          "round", List.of("0.1.0", "0.2.0", "0.3.0", "0.4.0", NEWEST),
          "campaign", List.of("0.4.0", NEWEST),
          "progress", List.of("0.4.0", NEWEST));

  /** What a version published, and what a later one did, or the same. */
  private record Pair(Published older, Published newer) {}

  private static Stream<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    VERSIONS.forEach(
        (name, versions) -> {
          for (int older = 0; older < versions.size(); older++) {
            for (int newer = older; newer < versions.size(); newer++) {
              pairs.add(
                  new Pair(
                      new Published(name, versions.get(older)),
                      new Published(name, versions.get(newer))));
            }
          }
        });
    return pairs.stream();
  }

  @ParameterizedTest
  @ValueSource(strings = {"round", "campaign", "progress"})
  void keepsTheSchemaThatItPublishes(String name) throws IOException {
    Published newest = new Published(name, NEWEST);
    assertEquals(Published.text(newest.schemaFile()), newest.schemaText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"round", "campaign", "progress"})
  void writesTheGoldenRecordsByteForByte(String name) throws IOException {
    List<String> written = new ArrayList<>();
    for (Object sample : RecordSamples.ALL.get(name)) {
      written.add(Json.MAPPER.writeValueAsString(sample));
    }
    assertEquals(
        String.join("\n", new Published(name, NEWEST).records()), String.join("\n", written));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatAVersionWroteIsValidForLaterSchemas(Pair pair) throws IOException {
    for (String record : pair.older().records()) {
      assertEquals(List.of(), pair.newer().complaints(record), record);
    }
  }

  /** Arms are what 0.2.0 added values to; a reader must pass over those that it does not know. */
  @ParameterizedTest
  @MethodSource("pairs")
  void whatAVersionWroteIsValidForEarlierSchemasButForItsNewArms(Pair pair) throws IOException {
    for (String record : pair.newer().records()) {
      List<String> places =
          pair.older().complaints(record).stream()
              .map(complaint -> complaint.getInstanceLocation().toString())
              .toList();
      boolean newArm =
          record.contains("\"arm\":\"order-1\"") && pair.older().version().equals("0.1.0");
      assertEquals(newArm ? List.of("/arm") : List.of(), places, record);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void propertiesAreOnlyAdded(Pair pair) throws IOException {
    JsonNode older = pair.older().schemaDocument();
    JsonNode newer = pair.newer().schemaDocument();
    assertEquals(older.get("$id"), newer.get("$id"));
    assertTrue(words(newer.get("required")).containsAll(words(older.get("required"))));
    older
        .get("properties")
        .properties()
        .forEach(
            property ->
                assertEquals(
                    property.getValue().get("type"),
                    newer.at("/properties/" + property.getKey() + "/type"),
                    property.getKey()));
  }

  @Test
  void readsTheRoundsOfEveryVersionAsTheyWereMeant() throws IOException {
    for (String version : VERSIONS.get("round")) {
      for (String line : new Published("round", version).records()) {
        RoundRecord read = Json.MAPPER.readValue(line, RoundRecord.class);
        JsonNode today = Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(read));
        Json.MAPPER
            .readTree(line)
            .properties()
            .forEach(old -> assertEquals(old.getValue(), today.get(old.getKey()), line));
      }
    }
  }

  @Test
  void readsBackStatesAndNews() throws IOException {
    for (Object sample : RecordSamples.ALL.get("campaign")) {
      assertEquals(sample, readBack(sample));
    }
    assertEquals(RecordSamples.ADVANCED, readBack(RecordSamples.ADVANCED));
  }

  private static Object readBack(Object record) throws IOException {
    return Json.MAPPER.readValue(Json.MAPPER.writeValueAsBytes(record), record.getClass());
  }

  private static Set<String> words(JsonNode array) {
    Set<String> words = new HashSet<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }
}
