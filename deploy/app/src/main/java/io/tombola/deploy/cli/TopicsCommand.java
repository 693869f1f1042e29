package io.tombola.deploy.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tombola topics}. */
@Command(
    name = "topics",
    description = {
      "Reads and creates the Kafka topics: results (rounds), states of campaigns and replicates",
      "(campaigns), and the progress of running campaigns (progress)."
    },
    subcommands = {TopicsCreateCommand.class, TopicsCheckCommand.class, TopicsTailCommand.class})
final class TopicsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and exit.")
  boolean help;

  /** Only reached without a subcommand. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Expected a command, found none");
  }
}
