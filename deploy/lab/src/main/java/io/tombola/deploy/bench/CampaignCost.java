package io.tombola.deploy.bench;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.BenchmarkSettings.CampaignScale;
import io.tombola.deploy.bench.CpuAccounting.Part;
import io.tombola.protocol.spec.DatasetSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Processor time of everything in a campaign of LeNet-300-100 but training and evaluating.
 *
 * <p>Three campaigns are run: one, one with longer trainings, one with more trainings. What each
 * part costs once, for a training, and for an iteration follows from the differences.
 *
 * @param parts who took the time
 * @param slots that share the time of the broker, which works while it waits: the paper's campaign
 *     of five replicates keeps all of them busy
 * @param trainingSecondsPerIteration processor time of a step and its share of the evaluations,
 *     over all densities
 * @param shareAtPaperScale of everything but training, in the processor time of a campaign at the
 *     paper's scale: 21 trainings of 50,000 iterations
 * @param runs what was measured
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CampaignCost(
    List<Cost> parts,
    int slots,
    double trainingSecondsPerIteration,
    double shareAtPaperScale,
    List<Run> runs) {

  private static final int PAPER_TRAININGS = 21;
  private static final int PAPER_ITERATIONS = 50_000;

  /**
   * Processor seconds of a part. Differences of noisy times: may be below zero.
   *
   * @param once for a campaign, whatever its length
   * @param shareAtPaperScale in the processor time of a campaign at the paper's scale
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Cost(
      String part,
      double once,
      double perTraining,
      double perThousandIterations,
      double shareAtPaperScale) {}

  /**
   * A campaign that was run.
   *
   * @param trainingSeconds processor time of steps and evaluations
   * @param partSeconds processor time of everything else, by part
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Run(
      int trainings,
      int iterationsEach,
      double trainingSeconds,
      double wallSeconds,
      Map<String, Double> partSeconds) {}

  private record Measured(
      int trainings, long iterations, double training, double wall, Map<Part, Double> parts) {

    double part(Part part) {
      return parts.get(part);
    }

    /**
     * What a part's work grows with: iterations, or seconds for the broker, which works while it
     * waits. What else runs on the machine makes a campaign longer; that is not the campaign's.
     */
    double units(Part part) {
      return part == Part.BROKER ? wall : iterations;
    }
  }

  /** Runs the campaigns; the first one, which warms up, does not count. */
  static CampaignCost measure(
      BenchData data,
      Path directory,
      CampaignScale scale,
      BenchmarkCanceller halt,
      Consumer<String> news) {
    DatasetSpec images = data.campaign(60_000, 5_000, 10_000);
    List<Run> runs = new ArrayList<>();
    int n = scale.iterations();
    run("warm-up", images, scale, 1, n, directory, halt, news, new ArrayList<>());
    Measured base = run("base", images, scale, 1, n, directory, halt, news, runs);
    Measured more = run("more", images, scale, 2, n, directory, halt, news, runs);
    // Last: what Java still compiles in it comes to most when it is carried to the paper's scale.
    Measured longer =
        run("longer", images, scale, 1, scale.factor() * n, directory, halt, news, runs);
    return of(base, longer, more, runs);
  }

  private static Measured run(
      String name,
      DatasetSpec images,
      CampaignScale scale,
      int replicates,
      int iterations,
      Path directory,
      BenchmarkCanceller halt,
      Consumer<String> news,
      List<Run> runs) {
    BenchCampaign campaign =
        BenchCampaign.of(
            "bench-" + name,
            images,
            scale.rounds(),
            "replicates=" + replicates,
            "training.iterations=" + iterations,
            "training.evaluate-every=" + scale.evaluateEvery(),
            "training.checkpoint-every=" + scale.checkpointEvery());
    EngineTimer meter = new EngineTimer(trainings -> {});
    long began = System.nanoTime();
    Map<Part, Double> parts;
    try (CpuAccounting ledger = new CpuAccounting()) {
      campaign.run(directory, meter, halt);
      parts = ledger.settle();
    }
    double wall = (System.nanoTime() - began) / 1e9;
    parts.merge(Part.TRAINER, -meter.trainingSeconds(), Double::sum);
    Map<String, Double> named = new LinkedHashMap<>();
    parts.forEach((part, seconds) -> named.put(part.title(), seconds));
    runs.add(new Run(meter.trainings(), iterations, meter.trainingSeconds(), wall, named));
    news.accept(
        "campaign of %d trainings of %d iterations: %s s of training, %s s of everything else"
            .formatted(
                meter.trainings(),
                iterations,
                BenchmarkTable.number(meter.trainingSeconds()),
                BenchmarkTable.number(
                    parts.values().stream().mapToDouble(Double::doubleValue).sum())));
    return new Measured(
        meter.trainings(), meter.iterations(), meter.trainingSeconds(), wall, parts);
  }

  private static CampaignCost of(Measured base, Measured longer, Measured more, List<Run> runs) {
    int slots = Runtime.getRuntime().availableProcessors();
    double training =
        (longer.training() - base.training()) / (longer.iterations() - base.iterations());
    Map<Part, double[]> fits = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      double[] units = {base.units(part), longer.units(part), more.units(part)};
      double each = (longer.part(part) - base.part(part)) / (units[1] - units[0]);
      double perTraining =
          (more.part(part) - base.part(part) - each * (units[2] - units[0]))
              / (more.trainings() - base.trainings());
      double once = base.part(part) - each * units[0] - perTraining * base.trainings();
      double perIteration = part == Part.BROKER ? each * training / slots : each;
      fits.put(part, new double[] {once, perTraining, perIteration});
    }
    double iterations = (double) PAPER_TRAININGS * PAPER_ITERATIONS;
    double rest =
        fits.values().stream()
            .mapToDouble(f -> f[0] + PAPER_TRAININGS * f[1] + iterations * f[2])
            .sum();
    double all = rest + iterations * training;
    List<Cost> costs = new ArrayList<>();
    fits.forEach(
        (part, f) ->
            costs.add(
                new Cost(
                    part.title(),
                    f[0],
                    f[1],
                    1000 * f[2],
                    (f[0] + PAPER_TRAININGS * f[1] + iterations * f[2]) / all)));
    return new CampaignCost(costs, slots, training, rest / all, runs);
  }

  BenchmarkTable table() {
    List<List<String>> rows = new ArrayList<>();
    for (Cost cost : parts) {
      rows.add(
          List.of(
              cost.part(),
              BenchmarkTable.millis(cost.once()),
              BenchmarkTable.millis(cost.perTraining()),
              BenchmarkTable.millis(cost.perThousandIterations()),
              BenchmarkTable.number(100 * cost.shareAtPaperScale())));
    }
    rows.add(
        List.of(
            "all but training",
            BenchmarkTable.millis(parts.stream().mapToDouble(Cost::once).sum()),
            BenchmarkTable.millis(parts.stream().mapToDouble(Cost::perTraining).sum()),
            BenchmarkTable.millis(parts.stream().mapToDouble(Cost::perThousandIterations).sum()),
            BenchmarkTable.number(100 * shareAtPaperScale)));
    rows.add(
        List.of(
            "training and evaluating",
            "-",
            "-",
            BenchmarkTable.millis(1000 * trainingSecondsPerIteration),
            BenchmarkTable.number(100 * (1 - shareAtPaperScale))));
    Run longest = runs.get(runs.size() - 1);
    return new BenchmarkTable(
        "A campaign of LeNet-300-100: processor time of everything but training",
        List.of("part", "once: ms", "a training: ms", "1,000 iterations: ms", "paper's scale: %"),
        1,
        rows,
        List.of(
            """
            Through the real actors, journal, checkpoints and embedded broker, evaluated and saved \
            as often as in the paper's recipe, but shorter: the longest campaign had %d trainings \
            of %d iterations. The last column is what that comes to for one replicate of %d \
            trainings of %,d iterations."""
                .formatted(
                    longest.trainings(),
                    longest.iterationsEach(),
                    PAPER_TRAININGS,
                    PAPER_ITERATIONS),
            CpuAccounting.knowsChildren()
                ? "Small differences of large times: a part that costs nothing may come out a little"
                    + " below 0. The broker works while it waits; its part is by the second, which"
                    + " the %d slots share that a campaign of the paper keeps busy."
                        .formatted(slots)
                : "The broker's processor time is not known on this system."));
  }
}
