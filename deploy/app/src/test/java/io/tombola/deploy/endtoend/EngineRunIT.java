package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombola.protocol.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign whose recipe names its engine, as a user starts it and looks at it. */
final class EngineRunIT {

  private static final String CAMPAIGN =
      """
      kafka.mode = off
      campaign {
        name = chosen
        replicates = 1
        dataset { train-limit = 3000, test-limit = 500, validation = 500 }
        training { iterations = 60, evaluate-every = 30, checkpoint-every = 30, engine = dl4j }
        pruning.rounds = 1
        controls.reinit = 1
      }
      """;

  @TempDir Path folder;

  @Test
  void theEngineOfEachTrialIsRecordedAndShown() throws Exception {
    String store = folder.resolve("store").toString();
    Path file = Files.writeString(folder.resolve("chosen.conf"), CAMPAIGN);
    TombolaProcess.Ended run = TombolaCommand.run("run", file.toString(), "--store", store);
    assertEquals(0, run.exitCode(), run.err());

    assertEquals(
        List.of("engine", "dl4j", "dl4j", "dl4j"),
        TombolaCommand.run("results", "--format", "csv", "--store", store)
            .out()
            .lines()
            .map(row -> row.substring(row.lastIndexOf(',') + 1))
            .toList());
    String status = TombolaCommand.run("status", "--store", store, "--json").out();
    JsonNode campaign = Json.MAPPER.readTree(status).get(0);
    for (JsonNode device : campaign.get("devices")) {
      long computing = device.get("computing_millis").asLong();
      assertTrue(computing > 0 && computing <= device.get("wanted_millis").asLong(), status);
      assertTrue(run.err().contains(device.get("device").asText() + " "), run.err());
    }
    assertTrue(campaign.get("devices").size() > 0, status);
    assertTrue(run.err().contains("device utilisation: "), run.err());
    JsonNode replicate = campaign.get("replicates").get(0);
    assertEquals("{\"dl4j\":3}", replicate.get("engines").toString());
    String report = Files.readString(folder.resolve("store/reports/chosen.html"));
    assertTrue(report.contains("How busy each device was"), "the report tells of the devices");
    assertTrue(report.contains("<td>dl4j</td>"), "each row of the report names its engine");

    TombolaProcess.Ended again =
        TombolaCommand.run(
            "run", file.toString(), "--store", store, "--set", "training.engine=auto");
    assertEquals(0, again.exitCode(), again.err());
    TombolaProcess.Ended other =
        TombolaCommand.run(
            "run", file.toString(), "--store", store, "--set", "training.engine=sparse");
    assertEquals(2, other.exitCode());
    assertTrue(other.err().contains("training.engine: stored dl4j, asked sparse"), other.err());
  }

  @Test
  void anEngineThatCannotTrainTheNetworkIsRefusedBeforeAnythingIsWritten() throws Exception {
    Path store = folder.resolve("fresh");
    List<String> asked = new ArrayList<>(List.of("run", "--store", store.toString()));
    asked.addAll(
        List.of(
            "--set", "network=conv 8, batch-norm, dense 10", "--set", "training.engine=sparse"));
    TombolaProcess.Ended refused = TombolaCommand.run(asked.toArray(String[]::new));
    assertEquals(2, refused.exitCode());
    assertEquals(1, refused.err().lines().count(), refused.err());
    assertFalse(Files.exists(store));
  }
}
