package io.tombola.protocol.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tombola.protocol.Arm;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.EngineName;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.RoundRecord.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RoundSchemaTest {

  private static final ArtifactRef HASH = new ArtifactRef("0123456789abcdef".repeat(4));
  private static final JsonNode DOCUMENT = document();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(DOCUMENT);

  @Test
  void acceptsTheRecordsThatArePublished() throws IOException {
    for (RoundRecord record : List.of(measured(0.25), diverged(), measured(Double.NaN))) {
      JsonNode value = published(record);
      assertEquals(List.of(), SCHEMA.validate(value), value::toString);
      assertEquals(record, Json.MAPPER.treeToValue(value, RoundRecord.class));
    }
  }

  @Test
  void namesThePropertiesOfTheRecordInItsOrder() throws IOException {
    List<String> written = names(published(measured(0.25)));
    List<String> required = new ArrayList<>();
    DOCUMENT.get("required").forEach(name -> required.add(name.asText()));

    assertEquals(written, names(DOCUMENT.get("properties")));
    // What was added later is no part of older records.
    assertEquals(written.subList(0, written.indexOf("error_barrier_percent")), required);
  }

  @Test
  void saysWhereATrainingFailed() throws IOException {
    JsonNode value = published(diverged());
    assertEquals(120, value.get("failed_iteration").asInt());
    assertEquals("dense-1", value.get("failed_layer").asText());
    assertEquals("diverged at 120 in dense-1", diverged().ending());
    assertTrue(published(measured(0.25)).get("failed_iteration").isNull());
    assertTrue(published(measured(0.25)).get("failed_layer").isNull());
    assertEquals("ok", measured(0.25).ending());
  }

  @Test
  void saysWhatComputedIt() throws IOException {
    assertEquals("dl4j", published(measured(0.25)).get("engine").asText());
    assertEquals("sparse", published(diverged()).get("engine").asText());
  }

  @Test
  void readsARecordFromBeforeItSaidWhereAndByWhat() throws IOException {
    ObjectNode old = (ObjectNode) published(measured(0.25));
    old.remove(List.of("failed_iteration", "failed_layer", "engine"));
    assertEquals(List.of(), SCHEMA.validate(old));
    assertEquals(measured(0.25), Json.MAPPER.treeToValue(old, RoundRecord.class));
  }

  @Test
  void writesNumbersThatAreNotFiniteAsNull() throws IOException {
    for (double loss : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertTrue(published(measured(loss)).get("final_validation_loss_nats").isNull());
    }
  }

  @Test
  void refusesWhatIsNoRecord() throws IOException {
    ObjectNode value = (ObjectNode) published(measured(0.25));

    assertFalse(SCHEMA.validate(value.deepCopy().put("arm", "reinit-0")).isEmpty());
    assertFalse(SCHEMA.validate(value.deepCopy().put("round", "one")).isEmpty());
    assertFalse(SCHEMA.validate(value.deepCopy().without("status")).isEmpty());
  }

  @Test
  void hasTheNameThatRecordsGiveIt() {
    assertEquals(RecordHeaders.ROUND_SCHEMA, DOCUMENT.get("$id").asText());
  }

  private static RoundRecord measured(double finalLoss) {
    return new RoundRecord(
        "quickstart",
        1,
        2,
        Arm.reinit(1),
        Status.OK,
        600,
        170_400,
        266_200,
        64.01,
        OptionalInt.of(500),
        OptionalDouble.of(0.21),
        OptionalDouble.of(86.5),
        OptionalDouble.of(85.75),
        OptionalDouble.of(finalLoss),
        OptionalDouble.of(86.0),
        HASH,
        Optional.of(HASH),
        OptionalDouble.of(0.75),
        OptionalInt.empty(),
        Optional.empty(),
        EngineName.DL4J);
  }

  private static RoundRecord diverged() {
    return new RoundRecord(
        "quickstart",
        1,
        0,
        Arm.TICKET,
        Status.DIVERGED,
        0,
        266_200,
        266_200,
        100.0,
        OptionalInt.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        HASH,
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalInt.of(120),
        Optional.of("dense-1"),
        EngineName.SPARSE);
  }

  private static JsonNode published(RoundRecord record) throws IOException {
    return Json.MAPPER.readTree(Json.MAPPER.writeValueAsBytes(record));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode document() {
    try (InputStream json =
        RecordHeaders.class.getResourceAsStream(RecordHeaders.ROUND_SCHEMA_RESOURCE)) {
      return Json.MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
