package io.tombola.deploy.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonOptions {

  static final String NO_COLOR = "--no-color";

  @Option(
      names = "--store",
      paramLabel = "DIR",
      defaultValue = "${env:TOMBOLA_STORE:-tombola-store}",
      description = "The store (default: $TOMBOLA_STORE, else ./tombola-store).")
  Path store;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  @Option(names = "--quiet", description = "Print no progress, only results and errors.")
  boolean quiet;

  @Option(
      names = NO_COLOR,
      description = "No colours and no rewritten lines (also: NO_COLOR in the environment).")
  boolean noColor;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this and exit.")
  boolean help;
}
