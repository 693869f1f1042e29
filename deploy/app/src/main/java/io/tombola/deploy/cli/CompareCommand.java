package io.tombola.deploy.cli;

import io.tombola.deploy.report.CampaignComparison;
import io.tombola.deploy.report.CampaignComparison.Entry;
import io.tombola.deploy.report.CampaignComparisonHtml;
import io.tombola.deploy.report.Findings;
import io.tombola.storage.DurableFiles;
import io.tombola.storage.StoreLayout;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.view.CampaignView;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombola compare}. */
@Command(
    name = "compare",
    description = {
      "Compares campaigns: the settings in which they differ, and the results of their tickets and",
      "reinits at nearly the same Pm."
    })
final class CompareCommand extends StoreCommand {

  @Parameters(
      arity = "2..*",
      paramLabel = "CAMPAIGN",
      description = "Names of campaigns; NAME@DIR for one in another store.")
  private List<String> campaigns;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also draw them in common figures, in one HTML file.")
  private Optional<Path> html = Optional.empty();

  @Override
  ExitCode execute(Console console) {
    Set<String> seen = new HashSet<>();
    for (String label : campaigns) {
      if (!seen.add(label)) {
        throw new UsageException(
            "expected different campaigns, found '"
                + label
                + "' twice; 'tombola results' lists"
                + " all");
      }
    }
    CampaignComparison compared =
        CampaignComparison.of(campaigns.stream().map(this::entry).toList());
    html.ifPresent(file -> write(file, compared, console));
    if (common.json) {
      console.printJson(compared);
    } else {
      console.print(CompareTable.of(compared));
    }
    return ExitCode.DONE;
  }

  private Entry entry(String label) {
    int at = label.indexOf('@');
    String name = at < 0 ? label : label.substring(0, at);
    StoreLayout store = at < 0 ? store() : new StoreLayout(Path.of(label.substring(at + 1)));
    try (JournalReader journal = JournalReader.open(store)) {
      CampaignView view = CampaignLookup.of(journal, store, Optional.of(name)).get(0);
      return new Entry(label, Findings.of(view.campaign(), view.records()));
    }
  }

  private static void write(Path html, CampaignComparison compared, Console console) {
    Path file = html.toAbsolutePath().normalize();
    Optional.ofNullable(file.getParent()).ifPresent(DurableFiles::createDirectories);
    DurableFiles.write(
        file, CampaignComparisonHtml.render(compared).getBytes(StandardCharsets.UTF_8));
    console.say("The figures are in " + file);
  }
}
