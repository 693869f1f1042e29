package io.tombola.deploy.cli;

import io.tombola.deploy.config.ConfigLoader;
import io.tombola.deploy.config.RunConfig;
import io.tombola.deploy.run.CampaignFork;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.view.CampaignView;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombola fork}. */
@Command(
    name = "fork",
    description = {
      "Starts a campaign from a round of another one, whose trainings up to that round it keeps.",
      "The same command again, or 'tombola run NAME', resumes it."
    })
final class ForkCommand extends StoreCommand {

  private final CampaignRunner runner;

  @Parameters(paramLabel = "CAMPAIGN", description = "The campaign to start from.")
  private String origin;

  @Option(
      names = "--from-round",
      required = true,
      paramLabel = "N",
      description = "The last round to keep; later rounds are trained by the new campaign.")
  private int round;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The new campaign's name (default: CAMPAIGN-from-N).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes a key after that round, such as pruning.rounds=20; repeatable.")
  private List<String> settings = List.of();

  ForkCommand(CampaignRunner runner) {
    this.runner = runner;
  }

  @Override
  ExitCode execute(Console console) throws Exception {
    RunConfig config = ConfigLoader.load(stored(), named());
    new CampaignFork(origin, round, config.campaign())
        .begin(store(), config.journal(), Clock.systemUTC());
    return runner.run(config, store(), console);
  }

  private CampaignSpec stored() {
    try (JournalReader journal = JournalReader.open(store())) {
      CampaignView view = CampaignLookup.of(journal, store(), Optional.of(origin)).get(0);
      return view.campaign().spec().orElseThrow();
    }
  }

  private List<String> named() {
    List<String> all = new ArrayList<>(settings);
    all.add("name=" + name.orElse(origin + "-from-" + round));
    return all;
  }
}
