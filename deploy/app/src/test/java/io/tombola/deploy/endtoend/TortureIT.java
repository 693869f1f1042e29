package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fault suite in its short form; the long one is {@code tombola torture --kills 100}. */
final class TortureIT {

  /** At 46 percent the dense engine trains, at 22 and 10 the sparse one. */
  private static final String CAMPAIGN =
      """
      campaign {
        name = short
        seed = 11
        replicates = 2
        network = "dense 40, dense 20, dense 10"
        dataset { train-limit = 2000, test-limit = 500, validation = 200 }
        training { iterations = 150, evaluate-every = 50, checkpoint-every = 25 }
        pruning { rounds = 3, target-percent = 10 }
        controls { reinit = 1, random-mask = 1 }
      }
      """;

  private static final int TRIALS = 2 * (1 + 3 * 3);
  private static final int FIXED_SEED = 1;
  private static final Long ONLY = Long.getLong("tombola.torture.seed");

  @TempDir Path folder;

  @Test
  void deathsLoseNothingAndTheCertificateSaysSo() throws Exception {
    Path directory = folder.resolve("torture");

    assertSound(directory, ONLY == null ? FIXED_SEED : ONLY, 4);

    String certificate = Files.readString(directory.resolve("certificate.txt"));
    assertTrue(certificate.contains("every promise held"), certificate);
    String store = directory.resolve("uninterrupted").toString();
    List<String> rows =
        TombolaCommand.run("results", "--format", "csv", "--store", store).out().lines().toList();
    assertTrue(rows.stream().anyMatch(row -> row.endsWith(",dl4j")), "the dense engine trains");
    assertTrue(rows.stream().anyMatch(row -> row.endsWith(",sparse")), "the sparse engine trains");
  }

  /** A plan of faults that no run has tried before. */
  @Test
  void deathsByAFreshSeedLoseNothing() throws Exception {
    if (ONLY == null) {
      long seed = new SecureRandom().nextInt(Integer.MAX_VALUE);
      System.out.println("fresh torture seed: " + seed + "; " + again(seed));
      assertSound(folder.resolve("fresh"), seed, 2);
    }
  }

  private void assertSound(Path directory, long seed, int kills) throws Exception {
    Path file = Files.writeString(folder.resolve("short.conf"), CAMPAIGN);
    TombolaProcess.Ended ended =
        TombolaProcess.run(
            "torture",
            file.toString(),
            "--kills",
            "" + kills,
            "--seed",
            "" + seed,
            "--dir",
            directory.toString(),
            "--json");
    assertEquals(0, ended.exitCode(), ended.err() + again(seed));
    JsonNode certificate = new ObjectMapper().readTree(ended.out());
    assertEquals(kills, certificate.get("deaths").asInt());
    assertEquals(TRIALS, certificate.get("rows").asInt());
    assertEquals(TRIALS, certificate.get("records").asInt());
    assertTrue(certificate.get("findings").isEmpty(), ended.out() + again(seed));
  }

  private static String again(long seed) {
    return "again: ./mvnw verify -pl deploy/app -am -Dtest=None -Dit.test=TortureIT"
        + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false"
        + " -Dtombola.torture.seed="
        + seed;
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
