package io.tombola.deploy.endtoend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line of a campaign that takes seconds: three trials, unless settings say else. */
final class SmallRun {

  private static final List<String> SETTINGS =
      List.of(
          "replicates=1",
          "network=dense 20, dense 10",
          "training.iterations=20",
          "training.evaluate-every=10",
          "pruning.rounds=1",
          "controls.reinit=1",
          "dataset.validation=200",
          "dataset.test-limit=300");

  private SmallRun() {}

  static String[] command(Path store, String name, String... settings) {
    List<String> command = new ArrayList<>(List.of("run", "--store", store.toString()));
    Stream.of(Stream.of("name=" + name), SETTINGS.stream(), Stream.of(settings))
        .flatMap(all -> all)
        .forEach(setting -> command.addAll(List.of("--set", setting)));
    return command.toArray(String[]::new);
  }
}
