package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fault suite in its short form; the long one is {@code tombola torture --kills 100}. */
final class TortureIT {

  private static final String CAMPAIGN =
      """
      campaign {
        name = short
        replicates = 2
        dataset { train-limit = 2000, test-limit = 500, validation = 200 }
        training { iterations = 400, evaluate-every = 100, checkpoint-every = 50 }
        pruning.rounds = 1
        controls { reinit = 1 }
      }
      """;

  @TempDir Path folder;

  @Test
  void tenDeathsLoseNothingAndTheCertificateSaysSo() throws Exception {
    Path file = Files.writeString(folder.resolve("short.conf"), CAMPAIGN);
    Path directory = folder.resolve("torture");

    TombolaProcess.Ended ended =
        TombolaProcess.run(
            "torture", file.toString(), "--kills", "10", "--dir", directory.toString(), "--json");

    assertEquals(0, ended.exitCode(), ended.err());
    JsonNode certificate = new ObjectMapper().readTree(ended.out());
    assertEquals(10, certificate.get("deaths").asInt());
    assertEquals(6, certificate.get("rows").asInt());
    assertEquals(6, certificate.get("records").asInt());
    assertTrue(certificate.get("findings").isEmpty(), ended.out());
    assertTrue(Files.readString(directory.resolve("certificate.txt")).contains("nothing was lost"));
  }

  @Test
  void leavesOthersFilesAlone() throws Exception {
    Path mine = Files.writeString(folder.resolve("thesis.txt"), "mine");

    TombolaProcess.Ended ended = TombolaProcess.run("torture", "--dir", folder.toString());

    assertEquals(2, ended.exitCode());
    assertTrue(ended.err().startsWith("tombola: expected an empty directory"), ended.err());
    assertEquals("mine", Files.readString(mine));
  }
}
