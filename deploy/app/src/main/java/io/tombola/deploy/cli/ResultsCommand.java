package io.tombola.deploy.cli;

import io.tombola.protocol.record.RoundRecord;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.view.CampaignView;
import io.tombola.storage.view.ResultsCsv;
import io.tombola.storage.view.ResultsJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombola results}. */
@Command(
    name = "results",
    description = "Prints one row for each finished trial, also while a campaign runs.")
final class ResultsCommand extends StoreCommand {

  /** The formats of rows. */
  enum Format {
    /** Aligned text. */
    TABLE,
    /** Comma-separated values with a header. */
    CSV,
    /** One array of objects, as they are published. */
    JSON
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "CAMPAIGN",
      description = "A campaign's name (default: all in the store).")
  private Optional<String> campaign = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv or json (default: table).")
  private Format format = Format.TABLE;

  @Override
  ExitCode execute(Console console) throws IOException {
    List<RoundRecord> records;
    try (JournalReader journal = JournalReader.open(store())) {
      CampaignLookup.warnOfLoss(journal, console);
      records =
          CampaignLookup.of(journal, store(), campaign).stream()
              .map(CampaignView::records)
              .flatMap(List::stream)
              .toList();
    }
    StringBuilder text = new StringBuilder();
    switch (common.json ? Format.JSON : format) {
      case TABLE -> text.append(ResultsTable.of(records));
      case CSV -> ResultsCsv.write(records, text);
      case JSON -> ResultsJson.write(records, text);
    }
    console.print(text.toString());
    return ExitCode.DONE;
  }
}
