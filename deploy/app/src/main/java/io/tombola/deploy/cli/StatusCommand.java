package io.tombola.deploy.cli;

import io.tombola.deploy.live.CampaignStatus;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.lock.LockHolder;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tombola status}. */
@Command(
    name = "status",
    description = "Shows the progress of the store's campaigns, also while one runs.")
final class StatusCommand extends StoreCommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "CAMPAIGN",
      description = "A campaign's name (default: all in the store).")
  private Optional<String> campaign = Optional.empty();

  @Override
  ExitCode execute(Console console) {
    Optional<LockHolder> holder = LockHolder.find(store());
    List<CampaignStatus> statuses;
    try (JournalReader journal = JournalReader.open(store())) {
      CampaignLookup.warnOfLoss(journal, console);
      statuses =
          CampaignLookup.of(journal, store(), campaign).stream()
              .map(view -> CampaignStatus.of(view, holder))
              .toList();
    }
    if (common.json) {
      console.printJson(statuses);
    } else {
      console.print(String.join("\n", statuses.stream().map(StatusText::of).toList()));
    }
    return ExitCode.DONE;
  }
}
