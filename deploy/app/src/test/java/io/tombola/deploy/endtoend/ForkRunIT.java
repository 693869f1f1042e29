package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign that starts from a round of another, as a user starts it. */
final class ForkRunIT {

  private static final String CAMPAIGN =
      """
      kafka.mode = off
      campaign {
        name = trunk
        replicates = 1
        dataset { train-limit = 3000, test-limit = 500, validation = 500 }
        training { iterations = 60, evaluate-every = 30, checkpoint-every = 30 }
        pruning.rounds = 2
        controls.reinit = 1
      }
      """;

  @TempDir Path folder;
  private String store;

  @BeforeEach
  void runTheTrunk() throws Exception {
    store = folder.resolve("store").toString();
    Path file = Files.writeString(folder.resolve("trunk.conf"), CAMPAIGN);
    TombolaProcess.Ended trunk = TombolaCommand.run("run", file.toString(), "--store", store);
    assertEquals(0, trunk.exitCode(), trunk.err());
  }

  @Test
  void keepsTheRoundsItStartsFromAndTrainsTheOthersItsOwnWay() throws Exception {
    TombolaProcess.Ended fork =
        fork("--from-round", "1", "--name", "branch", "--set", "pruning.criterion=movement");
    assertEquals(0, fork.exitCode(), fork.err());
    assertTrue(fork.err().contains("(3 done before)"), fork.err());

    List<String> trunk = rows("trunk");
    List<String> branch = rows("branch");
    assertEquals(trunk.subList(0, 3), branch.subList(0, 3), "rounds 0 and 1 are the trunk's");
    assertEquals(trunk.size(), branch.size());
    assertFalse(trunk.get(3).equals(branch.get(3)), "round 2 was pruned by another criterion");

    TombolaProcess.Ended again =
        fork("--from-round", "1", "--name", "branch", "--set", "pruning.criterion=movement");
    assertEquals(0, again.exitCode(), again.err());
    TombolaProcess.Ended byName =
        TombolaCommand.run("run", "branch", "--set", "kafka.mode=off", "--store", store);
    assertEquals(0, byName.exitCode(), byName.err());
    assertEquals(branch, rows("branch"));
    assertEquals(0, TombolaCommand.run("verify", "--store", store).exitCode());
  }

  @Test
  void rejectsWhatCannotBeForkedInOneLine() throws Exception {
    refused(
        "from-round: expected a round whose ticket has a result in every replicate of trunk, found"
            + " 3, which replicate 1 has none of",
        "--from-round",
        "3",
        "--set",
        "pruning.rounds=5");
    refused(
        "seed: expected that of trunk, 1, since its rounds are reused, found 2",
        "--from-round",
        "1",
        "--set",
        "seed=2");
    refused(
        "rewind.to: expected an iteration whose weights trunk saved, found 10, whose weights it did not"
            + " save",
        "--from-round",
        "1",
        "--set",
        "rewind.to=10");
    refused(
        "name: expected a name that the store does not contain yet, found 'trunk'",
        "--from-round",
        "1",
        "--name",
        "trunk");
    assertEquals(1, rows("").stream().map(row -> row.split(",", 2)[0]).distinct().count());
  }

  private void refused(String line, String... arguments) throws Exception {
    TombolaProcess.Ended ended = fork(arguments);
    assertEquals(2, ended.exitCode(), ended.err());
    assertEquals("tombola: " + line + "\n", ended.err());
  }

  private TombolaProcess.Ended fork(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("fork", "trunk", "--store", store));
    all.addAll(List.of("--set", "kafka.mode=off"));
    all.addAll(List.of(arguments));
    return TombolaCommand.run(all.toArray(String[]::new));
  }

  /** Rows of the results without the campaign's name; of all campaigns with it if none is named. */
  private List<String> rows(String campaign) throws Exception {
    String[] arguments =
        campaign.isEmpty()
            ? new String[] {"results", "--format", "csv", "--store", store}
            : new String[] {"results", campaign, "--format", "csv", "--store", store};
    return TombolaCommand.run(arguments)
        .out()
        .lines()
        .skip(1)
        .map(row -> campaign.isEmpty() ? row : row.substring(row.indexOf(',')))
        .toList();
  }
}
