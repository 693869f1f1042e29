package io.tombola.deploy.bench.campaign;

import io.tombola.actors.campaign.CampaignOutcome;
import io.tombola.deploy.bench.measure.BenchmarkCancellation;
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
public record BenchCampaign(String name, DatasetSpec data, List<String> settings) {

  /** The density after the paper's last round. */
  private static final String TARGET_PERCENT = "1.15";

  /**
   * A campaign of one replicate that prunes from the dense network to the paper's last density.
   *
   * @param settings further ones, which take precedence
   */
  public static BenchCampaign of(String name, DatasetSpec data, int rounds, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "replicates=1",
                "controls.reinit=0",
                "pruning.rounds=" + rounds,
                "pruning.target-percent=" + TARGET_PERCENT));
    all.addAll(List.of(settings));
    return new BenchCampaign(name, data, all);
  }

  /**
   * Runs the campaign to its end.
   *
   * @throws IllegalStateException if it ends otherwise than finished
   * @throws io.tombola.deploy.bench.measure.BenchStoppedException if a stop is requested
   */
  public void run(Path directory, EngineTimer timer, BenchmarkCancellation cancellation) {
    StringWriter output = new StringWriter();
    RunResult result = run(directory, timer, output, cancellation::onRequest);
    cancellation.check();
    if (result.outcome().kind() != CampaignOutcome.Kind.FINISHED
        || !result.outcome().state().abandoned().isEmpty()) {
      throw new IllegalStateException(
          "expected the campaign %s to finish, found %s: %s"
              .formatted(name, result.outcome(), output));
    }
  }

  /**
   * Runs the campaign until it is stopped, or to its end.
   *
   * @param stoppable receives what stops the campaign
   */
  public void runUntilStopped(Path directory, EngineTimer timer, Consumer<Runnable> stoppable) {
    run(directory, timer, new StringWriter(), stoppable);
  }

  private RunResult run(
      Path directory, EngineTimer timer, StringWriter output, Consumer<Runnable> stoppable) {
    List<String> all = new ArrayList<>();
    all.add("name=" + name);
    all.add("dataset.name=" + data.name());
    data.dir().ifPresent(dir -> all.add("dataset.dir=" + dir));
    all.add("dataset.validation=" + data.validationExamples());
    all.addAll(settings);
    RunConfig config = ConfigLoader.load(Optional.of("lenet-mnist"), all);
    return new CampaignRun(
            new RunRequest(store(directory), config, false, true),
            new PrintWriter(output),
            Clock.systemUTC(),
            timer::watch)
        .run(stoppable);
  }

  /** The store of the campaign below a directory. */
  public StoreLayout store(Path directory) {
    return new StoreLayout(directory.resolve("store-" + name));
  }
}
