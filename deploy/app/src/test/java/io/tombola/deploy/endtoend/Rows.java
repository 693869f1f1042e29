package io.tombola.deploy.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Rows of results, by the {@code ce_id} of their records. */
final class Rows {

  private Rows() {}

  /** What {@code tombola results} says of a store. */
  static Map<String, JsonNode> of(Path store) throws Exception {
    TombolaProcess.Ended results =
        TombolaCommand.run("results", "--format", "json", "--store", store.toString());
    Map<String, JsonNode> rows = new TreeMap<>();
    Json.MAPPER.readTree(results.out()).forEach(row -> rows.put(id(row), row));
    return rows;
  }

  private static String id(JsonNode row) {
    return Stream.of("campaign", "replicate", "round", "arm")
        .map(field -> row.get(field).asText() + "/")
        .reduce("", String::concat)
        .concat("trial");
  }

  /** What is in files below a folder, each named by its row's id. */
  static Map<String, JsonNode> in(Path folder) throws Exception {
    Map<String, JsonNode> rows = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        rows.put(name.replaceFirst("\\.json$", ""), Json.MAPPER.readTree(file.toFile()));
      }
    }
    return rows;
  }

  /** Rows as they are published, in the order of their text. */
  static List<String> lines(Map<String, JsonNode> rows) {
    return rows.values().stream().map(JsonNode::toString).sorted().toList();
  }
}
