package io.tombola.deploy.cli;

import io.tombola.deploy.bench.Bench;
import io.tombola.deploy.bench.BenchReport;
import io.tombola.deploy.bench.BenchmarkSection;
import io.tombola.deploy.bench.measure.BenchmarkSettings;
import io.tombola.deploy.torture.FileTrees;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.training.data.DataSources;
import io.tombola.training.data.Datasets;
import io.tombola.training.network.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tombola bench}. */
@Command(
    name = "bench",
    description = {
      "Measures the training speed of this machine by engine, network and density, against the peak",
      "of one core and, with --peer, against PyTorch; the overhead of a campaign beside its",
      "trainings and of a hundred HTTP clients; and, with --only soak, whether memory use",
      "stays flat. Takes about 25 minutes."
    })
final class BenchCommand extends StoreCommand {

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SECTION",
      description =
          "Measures only these sections: ${COMPLETION-CANDIDATES} (default: all but SOAK); repeatable.")
  private List<BenchmarkSection> only = List.of();

  @Option(
      names = "--networks",
      split = ",",
      paramLabel = "NAME",
      description =
          "Compares engines on these networks only (default: lenet-300-100, conv-2, conv-6).")
  private List<String> networks = List.of();

  @Option(names = "--quick", description = "Takes fewer samples: a few minutes in all.")
  private boolean quick;

  @Option(
      names = "--peer",
      description = "Measures PyTorch too, if it is installed, interleaved with the engines.")
  private boolean peer;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      defaultValue = "/usr/bin/python3",
      description = "The Python interpreter that has PyTorch (default: ${DEFAULT-VALUE}).")
  private String python;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      defaultValue = "fashion-mnist",
      description =
          "Trains on this data set where it is cached and fits the network, else on random images"
              + " (default: ${DEFAULT-VALUE}).")
  private String dataset;

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "1000",
      description = "The number of trainings of the soak (default: ${DEFAULT-VALUE}).")
  private int trials;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed of masks, weights and images (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Also writes all measurements to this file, as JSON.")
  private Optional<Path> save = Optional.empty();

  @Option(
      names = "--markdown",
      paramLabel = "FILE",
      description = "Also writes the tables to this file, as Markdown.")
  private Optional<Path> markdown = Optional.empty();

  private final StopHook stopHook;

  BenchCommand(StopHook stopHook) {
    this.stopHook = stopHook;
  }

  @Override
  ExitCode execute(Console console) throws Exception {
    check();
    Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), ".tombola-bench-");
    try {
      Bench bench = new Bench(request(directory), console::say, Clock.systemUTC());
      stopHook.onSignal(bench::stop);
      write(bench.run(), console);
    } finally {
      FileTrees.delete(directory);
    }
    return ExitCode.DONE;
  }

  private void check() {
    if (trials < 1) {
      throw new UsageException("--trials: expected at least 1, found " + trials);
    }
    for (String network : networks) {
      if (!Networks.names().contains(network)) {
        throw new UsageException(
            "--networks: expected %s, found '%s'"
                .formatted(String.join(", ", Networks.names()), network));
      }
    }
    if (!datasetNames().contains(dataset)) {
      throw new UsageException(
          "--dataset: expected one of %s, found '%s'"
              .formatted(String.join(", ", datasetNames()), dataset));
    }
    for (Path file : files()) {
      Path folder = file.toAbsolutePath().getParent();
      if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
        throw new UsageException(
            "expected a file to write to in a directory that exists, found " + file);
      }
    }
  }

  private static List<String> datasetNames() {
    return Datasets.names().stream().filter(name -> !Datasets.needsDirectory(name)).toList();
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    save.ifPresent(files::add);
    markdown.ifPresent(files::add);
    return files;
  }

  private Bench.Request request(Path directory) {
    Set<BenchmarkSection> sections =
        EnumSet.copyOf(only.isEmpty() ? BenchmarkSection.usual() : only);
    Path home = Path.of(System.getProperty("user.home"));
    // Without mirrors: the bench uses cached data and downloads nothing.
    DataSources cached =
        new DataSources(DataSources.cacheOf(System.getenv(), home), Map.of(), progress -> {});
    return new Bench.Request(
        sections,
        settings(),
        peer ? Optional.of(python) : Optional.empty(),
        Optional.of(new DatasetSpec(dataset, Optional.empty())),
        cached,
        trials,
        seed,
        directory);
  }

  private BenchmarkSettings settings() {
    BenchmarkSettings settings = quick ? BenchmarkSettings.QUICK : BenchmarkSettings.FULL;
    return networks.isEmpty() ? settings : settings.withNetworks(networks);
  }

  private void write(BenchReport report, Console console) throws IOException {
    if (save.isPresent()) {
      Json.MAPPER.writerWithDefaultPrettyPrinter().writeValue(save.get().toFile(), report);
    }
    if (markdown.isPresent()) {
      Files.writeString(markdown.get(), report.toMarkdown(command()));
    }
    if (common.json) {
      console.printJson(report);
    } else {
      report.tables().forEach(table -> console.print(table.toText()));
    }
  }

  private String command() {
    return "tombola " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }
}
