package io.tombola.deploy.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.json.Json;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What {@code tombola results} says. */
final class Rows {

  private Rows() {}

  /** The rows of a store, by {@code ce_id}. */
  static Map<String, JsonNode> of(Path store) throws Exception {
    TombolaProcess.Ended results =
        TombolaProcess.run("results", "--format", "json", "--store", store.toString());
    Map<String, JsonNode> rows = new TreeMap<>();
    Json.MAPPER.readTree(results.out()).forEach(row -> rows.put(id(row), row));
    return rows;
  }

  /** The id of a row's record. */
  static String id(JsonNode row) {
    return "%s/%s/%s/%s/trial"
        .formatted(
            row.get("campaign").asText(),
            row.get("replicate").asText(),
            row.get("round").asText(),
            row.get("arm").asText());
  }
}
