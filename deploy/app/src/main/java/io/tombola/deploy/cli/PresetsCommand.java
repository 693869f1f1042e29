package io.tombola.deploy.cli;

import io.tombola.deploy.config.Presets;
import io.tombola.deploy.text.TextTable;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tombola presets}. */
@Command(name = "presets", description = "Lists the built-in campaigns.")
final class PresetsCommand extends StoreCommand {

  @Override
  ExitCode execute(Console console) {
    List<Presets.Preset> presets = Presets.all();
    if (common.json) {
      console.printJson(presets);
    } else {
      TextTable table =
          new TextTable(List.of(TextTable.word("preset"), TextTable.word("what it is")));
      presets.forEach(preset -> table.row(preset.name(), preset.description()));
      console.print(table.toString());
    }
    return ExitCode.DONE;
  }
}
