package io.tombola.deploy.cli;

import io.tombola.deploy.report.ReportData;
import io.tombola.deploy.report.ReportFile;
import io.tombola.deploy.report.claims.ClaimScore;
import io.tombola.deploy.report.claims.ClaimsText;
import io.tombola.deploy.report.picture.PlotFiles;
import io.tombola.storage.DurableFiles;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.view.CampaignView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombola report}. */
@Command(
    name = "report",
    description = {
      "Writes a campaign's report (one HTML file), prints its path, and tests the",
      "claims of the paper, each with its numbers.",
      "For a campaign that still runs, the report shows the results so far."
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

  @Option(
      names = "--png",
      description = "Also draw accuracy and early stop against Pm as PNG files beside the report.")
  private boolean png;

  /** The result as JSON. */
  record Result(String campaign, String report, List<String> pictures, List<ClaimScore> claims) {}

  @Override
  ExitCode execute(Console console) {
    CampaignView view;
    try (JournalReader journal = JournalReader.open(store())) {
      CampaignLookup.warnOfLoss(journal, console);
      view = CampaignLookup.newest(journal, store(), campaign);
    }
    Path file = output.orElseGet(() -> store().report(view.name())).toAbsolutePath().normalize();
    Optional.ofNullable(file.getParent()).ifPresent(DurableFiles::createDirectories);
    ReportFile report = new ReportFile(store(), view);
    ReportData data = report.data();
    report.write(file);
    List<String> pictures =
        png
            ? PlotFiles.write(data.findings(), file).stream().map(Path::toString).toList()
            : List.of();
    if (common.json) {
      console.printJson(new Result(view.name(), file.toString(), pictures, data.claims()));
    } else {
      console.print(file + "\n");
      pictures.forEach(picture -> console.print(picture + "\n"));
      console.print("\n" + ClaimsText.of(data.claims()));
    }
    return ExitCode.DONE;
  }
}
