package io.tombola.deploy.cli;

import io.tombola.deploy.config.ConfigLoader;
import io.tombola.deploy.config.Presets;
import io.tombola.deploy.config.RunConfig;
import io.tombola.deploy.serve.ServeOptions;
import io.tombola.deploy.serve.WebServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Stack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tombola run}. */
@Command(
    name = "run",
    description = {
      "Runs a campaign; the same command again resumes it.",
      "Finished work is never repeated; a changed campaign is rejected with the difference."
    })
final class RunCommand extends StoreCommand {

  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  /** Reads the next word as the port if it is a number; otherwise it is the campaign. */
  static final class Port implements IParameterConsumer {

    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
      boolean number = !words.isEmpty() && words.peek().matches("[0-9]{1,9}");
      int port = number ? Integer.parseInt(words.pop()) : ServeOptions.DEFAULT_PORT;
      option.setValue(Optional.of(port));
    }
  }

  private final CampaignRunner runner;

  @Parameters(
      arity = "0..1",
      paramLabel = "CAMPAIGN",
      description =
          "A preset ('tombola presets' lists them), a campaign file, or a campaign of the store"
              + " (default: quickstart).")
  private Optional<String> campaign = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Overrides a key, such as training.iterations=1000 or kafka.mode=off; repeatable.")
  private List<String> settings = List.of();

  @Option(
      names = "--dry-run",
      description = "Show what would run, with estimates of time and disk space; run" + " nothing.")
  private boolean dryRun;

  @Option(
      names = "--serve",
      arity = "0..1",
      paramLabel = "PORT",
      parameterConsumer = Port.class,
      description =
          "Serve the store over HTTP while the campaign runs, as 'tombola serve' does (port: "
              + ServeOptions.DEFAULT_PORT
              + "; 0 for any free one).")
  private Optional<Integer> servePort = Optional.empty();

  @Mixin private ServeAccess access;

  RunCommand(CampaignRunner runner) {
    this.runner = runner;
  }

  @Override
  ExitCode execute(Console console) throws Exception {
    RunConfig config = config();
    if (dryRun) {
      console.say("training for a few seconds to estimate the time");
      DryRun plan = DryRun.of(config);
      if (common.json) {
        console.printJson(plan);
      } else {
        console.print(plan.toText());
      }
      return ExitCode.DONE;
    }
    if (servePort.isEmpty()) {
      access.requireNone();
      return runner.run(config, store(), console);
    }
    // The terminal shows the run, so that problems of the server go to the log.
    try (WebServer server =
        access.open(servePort.get(), store(), true, line -> LOG.warn("web server: {}", line))) {
      ServeAccess.announce(server, console);
      ExitCode code = runner.run(config, store(), console);
      if (code != ExitCode.INTERRUPTED) {
        server.awaitClients();
      }
      return code;
    }
  }

  /** A preset, a file, or else a campaign of the store, with the specification stored there. */
  private RunConfig config() {
    return campaign
        .filter(name -> !Presets.names().contains(name) && !Files.exists(Path.of(name)))
        .flatMap(name -> CampaignLookup.stored(store(), name))
        .map(stored -> ConfigLoader.load(stored, settings))
        .orElseGet(() -> ConfigLoader.load(campaign, settings));
  }
}
