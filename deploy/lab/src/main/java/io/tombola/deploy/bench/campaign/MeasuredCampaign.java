package io.tombola.deploy.bench.campaign;

import io.tombola.deploy.bench.campaign.CpuAccounting.Part;
import io.tombola.deploy.bench.engines.BenchmarkEnvironment;
import io.tombola.deploy.bench.measure.BenchmarkSettings.CampaignScale;
import io.tombola.deploy.text.NumberText;
import io.tombola.protocol.spec.DatasetSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The CPU time of a campaign that was run.
 *
 * @param iterationsEach of each trial
 * @param iterations of all trials
 * @param trainingSeconds CPU time of steps and evaluations
 * @param wallSeconds from begin to end
 * @param parts CPU time of everything else, by part
 */
record MeasuredCampaign(
    int trainings,
    int iterationsEach,
    long iterations,
    double trainingSeconds,
    double wallSeconds,
    Map<Part, Double> parts) {

  /** Runs a campaign of so many replicates and iterations of each trial. */
  static MeasuredCampaign run(
      String name, int replicates, int iterations, BenchmarkEnvironment environment) {
    CampaignScale scale = environment.settings().campaign();
    DatasetSpec images = environment.data().campaign(60_000, 5_000, 10_000);
    BenchCampaign campaign =
        BenchCampaign.of(
            "bench-" + name,
            images,
            scale.rounds(),
            "replicates=" + replicates,
            "training.iterations=" + iterations,
            "training.evaluate-every=" + scale.evaluateEvery(),
            "training.checkpoint-every=" + scale.checkpointEvery());
    EngineTimer timer = new EngineTimer(trials -> {});
    long startNanos = System.nanoTime();
    Map<Part, Double> parts;
    try (CpuAccounting accounting = new CpuAccounting()) {
      campaign.run(environment.directory(), timer, environment.cancellation());
      parts = accounting.stop();
    }
    double wallSeconds = (System.nanoTime() - startNanos) / 1e9;
    parts.merge(Part.TRAINER, -timer.trainingSeconds(), Double::sum);
    MeasuredCampaign measured =
        new MeasuredCampaign(
            timer.trainings(),
            iterations,
            timer.iterations(),
            timer.trainingSeconds(),
            wallSeconds,
            parts);
    environment.progress().accept(measured.line());
    return measured;
  }

  private String line() {
    double rest = parts.values().stream().mapToDouble(Double::doubleValue).sum();
    return "campaign of %d trainings of %d iterations: %s s of training, %s s of everything else"
        .formatted(
            trainings,
            iterationsEach,
            NumberText.significant(trainingSeconds),
            NumberText.significant(rest));
  }

  double seconds(Part part) {
    return parts.getOrDefault(part, 0.0);
  }

  /**
   * What a part's CPU time grows with: iterations; for the broker seconds, since it also works
   * while the campaign trains. Other programs on the machine make a campaign longer, but not its
   * CPU time.
   */
  double units(Part part) {
    return part == Part.BROKER ? wallSeconds : iterations;
  }

  CampaignCost.Run toRun() {
    Map<String, Double> byTitle = new LinkedHashMap<>();
    parts.forEach((part, seconds) -> byTitle.put(part.title(), seconds));
    return new CampaignCost.Run(trainings, iterationsEach, trainingSeconds, wallSeconds, byTitle);
  }
}
