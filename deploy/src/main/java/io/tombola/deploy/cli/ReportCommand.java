package io.tombola.deploy.cli;

import io.tombola.deploy.run.ReportFile;
import io.tombola.storage.CampaignView;
import io.tombola.storage.DurableFiles;
import io.tombola.storage.journal.JournalReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombola report}. */
@Command(
    name = "report",
    description = {
      "Writes a campaign's report, one HTML file for a browser, and prints its path.",
      "A campaign that is still running gets one of what it has found so far."
    })
final class ReportCommand extends StoreCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "CAMPAIGN",
      description = "A campaign's name (default: the newest in the store).")
  private Optional<String> campaign = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write it (default: in the store's folder reports).")
  private Optional<Path> output = Optional.empty();

  @Override
  ExitCode execute(Console console) {
    CampaignView view;
    try (JournalReader journal = JournalReader.open(store())) {
      List<CampaignView> views = Campaigns.of(journal, store(), campaign);
      view = views.get(views.size() - 1);
    }
    Path file = output.orElseGet(() -> store().report(view.name())).toAbsolutePath().normalize();
    DurableFiles.createDirectories(file.getParent());
    new ReportFile(store(), view).write(file);
    if (common.json) {
      console.printJson(Map.of("campaign", view.name(), "report", file.toString()));
    } else {
      console.print(file + "\n");
    }
    return ExitCode.DONE;
  }
}
