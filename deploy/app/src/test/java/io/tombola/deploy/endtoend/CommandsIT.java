package io.tombola.deploy.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each command as a process of its own says the same as within the test's process, where most tests
 * run it.
 */
final class CommandsIT {

  @TempDir static Path folder;
  private static Path store;

  @BeforeAll
  static void runACampaign() {
    store = folder.resolve("store");
    assertEquals(0, TombolaCommand.run(SmallRun.command(store, "small")).exitCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status --json",
        "results --format csv",
        "verify",
        "report",
        "topics tail",
        "export small --round 1 --replicate 1 --output OUT",
        "compare small small",
        "pause",
        "resume",
        "cancel",
      })
  void saysTheSame(String line) throws Exception {
    TombolaProcess.Ended process = TombolaProcess.run(arguments(line, "of-process"));
    TombolaProcess.Ended command = TombolaCommand.run(arguments(line, "of-command"));
    assertEquals(command.exitCode(), process.exitCode(), process.err());
    assertEquals(command.out(), process.out().replace("of-process", "of-command"));
    assertEquals(command.err(), process.err().replace("of-process", "of-command"));
    assertFalse((process.out() + process.err()).isBlank());
  }

  @Test
  void presetsAndHelpNeedNoStore() throws Exception {
    for (String line : List.of("presets", "--help")) {
      assertEquals(TombolaCommand.run(line).out(), TombolaProcess.run(line).out());
    }
  }

  private static String[] arguments(String line, String out) {
    List<String> arguments =
        new ArrayList<>(List.of(line.replace("OUT", folder.resolve(out).toString()).split(" ")));
    arguments.addAll(List.of("--store", store.toString()));
    return arguments.toArray(String[]::new);
  }
}
