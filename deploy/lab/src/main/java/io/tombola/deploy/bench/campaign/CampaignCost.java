package io.tombola.deploy.bench.campaign;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.bench.campaign.CostFit.ThreeCampaigns;
import io.tombola.deploy.bench.campaign.CpuAccounting.Part;
import io.tombola.deploy.bench.engines.BenchmarkEnvironment;
import io.tombola.deploy.bench.measure.BenchmarkSettings.CampaignScale;
import io.tombola.deploy.text.CaptionedTable;
import io.tombola.deploy.text.NumberText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPU time of everything in a campaign of LeNet-300-100 except training and evaluating.
 *
 * <p>Three campaigns are measured: one, one with longer trials, one with more trials. The cost of a
 * part for the campaign, for a trial, and for an iteration follows from the differences.
 *
 * @param parts what took the time
 * @param slots that share the broker's CPU time, since it also works while it waits: the paper's
 *     campaign of five replicates uses all of them
 * @param trainingSecondsPerIteration CPU time of a step and its share of the evaluations, over all
 *     densities
 * @param shareAtPaperScale share of everything except training in the CPU time of a campaign at the
 *     paper's scale: 21 trials of 50,000 iterations
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
   * CPU seconds of a part. They are differences of noisy times and may be negative.
   *
   * @param once for a campaign, whatever its length
   * @param shareAtPaperScale in the CPU time of a campaign at the paper's scale
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
   * @param trainingSeconds CPU time of steps and evaluations
   * @param partSeconds CPU time of everything else, by part
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Run(
      int trainings,
      int iterationsEach,
      double trainingSeconds,
      double wallSeconds,
      Map<String, Double> partSeconds) {}

  /** Runs the campaigns, after one that warms up and does not count. */
  public static CampaignCost measure(BenchmarkEnvironment environment) {
    CampaignScale scale = environment.settings().campaign();
    int iterations = scale.iterations();
    MeasuredCampaign.run("warm-up", 1, iterations, environment);
    MeasuredCampaign base = MeasuredCampaign.run("base", 1, iterations, environment);
    MeasuredCampaign more = MeasuredCampaign.run("more", 2, iterations, environment);
    // Last: its JIT compilation weighs most when the times are extrapolated to the paper's scale.
    MeasuredCampaign longer =
        MeasuredCampaign.run("longer", 1, scale.factor() * iterations, environment);
    return of(
        new ThreeCampaigns(base, longer, more),
        Stream.of(base, more, longer).map(MeasuredCampaign::toRun).toList());
  }

  private static CampaignCost of(ThreeCampaigns campaigns, List<Run> runs) {
    int slots = Runtime.getRuntime().availableProcessors();
    double training = campaigns.trainingSecondsPerIteration();
    Map<Part, CostFit> fits = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      fits.put(part, CostFit.of(part, campaigns, training, slots));
    }
    double paperIterations = (double) PAPER_TRAININGS * PAPER_ITERATIONS;
    double rest =
        fits.values().stream().mapToDouble(f -> f.seconds(PAPER_TRAININGS, paperIterations)).sum();
    double all = rest + paperIterations * training;
    List<Cost> costs = new ArrayList<>();
    fits.forEach(
        (part, fit) ->
            costs.add(
                new Cost(
                    part.title(),
                    fit.once(),
                    fit.perTraining(),
                    1000 * fit.perIteration(),
                    fit.seconds(PAPER_TRAININGS, paperIterations) / all)));
    return new CampaignCost(costs, slots, training, rest / all, runs);
  }

  /** Results for people. */
  public CaptionedTable table() {
    List<List<String>> rows = new ArrayList<>();
    parts.forEach(cost -> rows.add(row(cost)));
    rows.add(
        row(
            new Cost(
                "all but training",
                parts.stream().mapToDouble(Cost::once).sum(),
                parts.stream().mapToDouble(Cost::perTraining).sum(),
                parts.stream().mapToDouble(Cost::perThousandIterations).sum(),
                shareAtPaperScale)));
    rows.add(
        List.of(
            "training and evaluating",
            "-",
            "-",
            NumberText.milliseconds(1000 * trainingSecondsPerIteration),
            NumberText.significant(100 * (1 - shareAtPaperScale))));
    return new CaptionedTable(
        "A campaign of LeNet-300-100: CPU time of everything but training",
        List.of("part", "once: ms", "a training: ms", "1,000 iterations: ms", "paper's scale: %"),
        1,
        rows,
        notes());
  }

  private static List<String> row(Cost cost) {
    return List.of(
        cost.part(),
        NumberText.milliseconds(cost.once()),
        NumberText.milliseconds(cost.perTraining()),
        NumberText.milliseconds(cost.perThousandIterations()),
        NumberText.significant(100 * cost.shareAtPaperScale()));
  }

  private List<String> notes() {
    Run longest = runs.get(runs.size() - 1);
    return List.of(
        """
        Through the real actors, journal, checkpoints and embedded broker, evaluated and saved \
        as often as in the paper's recipe, but shorter: the longest campaign had %d trainings \
        of %d iterations. The last column is extrapolated to one replicate of %d trainings of \
        %,d iterations.\
        """
            .formatted(
                longest.trainings(), longest.iterationsEach(), PAPER_TRAININGS, PAPER_ITERATIONS),
        CpuAccounting.knowsChildren()
            ? "Costs are small differences of large times: that of a part that costs nothing may be"
                + " slightly negative. The broker works while it waits; its CPU time is counted by"
                + " the second and shared by the %d slots, which the paper's campaign keeps busy."
                    .formatted(slots)
            : "The broker's CPU time is unknown on this system.");
  }
}
