package io.tombola.deploy.bench;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.deploy.config.ConfigLoader;
import io.tombola.deploy.config.RunConfig;
import io.tombola.deploy.run.CampaignRun;
import io.tombola.deploy.run.RunRequest;
import io.tombola.deploy.run.RunResult;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.storage.StoreLayout;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A campaign of LeNet-300-100 as {@code tombola run} runs it, with its journal, checkpoints, actors
 * and an embedded broker, in a store of its own.
 *
 * @param settings of the campaign, as for {@code --set}
 */
record BenchCampaign(String name, DatasetSpec data, List<String> settings) {

  /** Pm of the paper's last round, in percent. */
  private static final String LAST_PERCENT = "1.15";

  /** A campaign of one replicate, or more, from the dense network to the paper's last density. */
  static BenchCampaign of(String name, DatasetSpec data, int rounds, String... further) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "replicates=1",
                "controls.reinit=0",
                "pruning.rounds=" + rounds,
                "pruning.target-percent=" + LAST_PERCENT));
    settings.addAll(List.of(further));
    return new BenchCampaign(name, data, settings);
  }

  /**
   * Runs it to its end.
   *
   * @throws IllegalStateException if it does not get there
   */
  void run(Path directory, EngineTimer meter, BenchmarkCanceller halt) {
    StringWriter said = new StringWriter();
    RunResult result = run(directory, meter, said, halt::with);
    halt.check();
    if (result.outcome().kind() != CampaignOutcome.Kind.FINISHED
        || !result.outcome().state().abandoned().isEmpty()) {
      throw new IllegalStateException(
          "expected the campaign " + name + " to finish, found " + result.outcome() + ": " + said);
    }
  }

  /** Runs it until it is stopped, or to its end. */
  void run(Path directory, EngineTimer meter, Consumer<Runnable> stoppable) {
    run(directory, meter, new StringWriter(), stoppable);
  }

  private RunResult run(
      Path directory, EngineTimer meter, StringWriter said, Consumer<Runnable> stoppable) {
    List<String> all = new ArrayList<>();
    all.add("name=" + name);
    all.add("dataset.name=" + data.name());
    data.dir().ifPresent(dir -> all.add("dataset.dir=" + dir));
    all.add("dataset.validation=" + data.validationExamples());
    all.addAll(settings);
    RunConfig config = ConfigLoader.load(Optional.of("lenet-mnist"), all);
    return new CampaignRun(
            new RunRequest(store(directory), config, false, true),
            new PrintWriter(said),
            Clock.systemUTC(),
            meter::watch)
        .run(stoppable);
  }

  /** Where it is. */
  StoreLayout store(Path directory) {
    return new StoreLayout(directory.resolve("store-" + name));
  }
}
