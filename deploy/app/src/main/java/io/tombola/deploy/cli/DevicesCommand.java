package io.tombola.deploy.cli;

import io.tombola.deploy.text.TextTable;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.device.Engines;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import picocli.CommandLine.Command;

/** {@code tombola devices}. */
@Command(
    name = "devices",
    description =
        "Lists the devices of this machine, and what the bytes of results depend on here.")
final class DevicesCommand extends StoreCommand {

  /**
   * The result as JSON.
   *
   * @param determinants what the bytes of results depend on, by key
   */
  record Found(List<Device> devices, SortedMap<String, String> determinants) {}

  @Override
  ExitCode execute(Console console) {
    Engines engines = Engines.detect();
    if (common.json) {
      console.printJson(new Found(engines.devices(), engines.determinants()));
      return ExitCode.DONE;
    }
    TextTable devices =
        new TextTable(List.of(TextTable.word("device"), TextTable.word("what it is")));
    engines.devices().forEach(device -> devices.row(device.id(), device.description()));
    TextTable determinants =
        new TextTable(List.of(TextTable.word("results depend on"), TextTable.word("here")));
    for (Map.Entry<String, String> entry : engines.determinants().entrySet()) {
      determinants.row(entry.getKey(), entry.getValue());
    }
    console.print(devices + "\n" + determinants);
    return ExitCode.DONE;
  }
}
