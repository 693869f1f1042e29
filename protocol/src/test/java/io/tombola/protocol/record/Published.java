package io.tombola.protocol.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tombola.protocol.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A schema as a version published it, and golden records as that version wrote them.
 *
 * @param name of the schema, such as {@code round}
 * @param version of this program
 */
record Published(String name, String version) {

  String schemaText() throws IOException {
    return text(version + "/" + schemaFile());
  }

  String schemaFile() {
    return name + ".v1.schema.json";
  }

  JsonNode schemaDocument() throws IOException {
    return Json.MAPPER.readTree(schemaText());
  }

  /** The golden records, a line each. */
  List<String> records() throws IOException {
    return text(version + "/" + name + ".v1.jsonl").lines().toList();
  }

  /** What the schema finds wrong with {@code record}. */
  List<Error> complaints(String record) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schemaDocument());
    return schema.validate(Json.MAPPER.readTree(record));
  }

  static String text(String resource) throws IOException {
    try (InputStream file = Published.class.getResourceAsStream(resource)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
