package io.tombola.actors.simulation;

import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.AnalysisSpec;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.ControlsSpec;
import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.RewindSpec.Mode;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A campaign to simulate, and its devices.
 *
 * @param divergences trials whose loss becomes undefined, at which iteration
 */
record Scenario(
    int number, CampaignSpec campaign, List<String> devices, Map<TrialId, Integer> divergences) {

  /** The number of scenarios, from 0. */
  static final int COUNT = 60;

  private static final String NETWORK = "dense 4, dense 2";

  /** The scenario of this number. */
  static Scenario of(int number, DatasetSpec data) {
    RandomStream random = new Seeds(4, 1).stream("shape", number);
    CampaignSpec campaign = campaign(number, data, random);
    List<String> devices =
        IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> "cpu:" + i).toList();
    return new Scenario(number, campaign, devices, divergences(campaign, random));
  }

  OptionalInt divergesAt(TrialId trial) {
    Integer iteration = divergences.get(trial);
    return iteration == null ? OptionalInt.empty() : OptionalInt.of(iteration);
  }

  private static CampaignSpec campaign(int number, DatasetSpec data, RandomStream random) {
    boolean fine = random.nextInt(8) == 0;
    boolean oneShot = random.nextInt(5) == 0;
    int iterations = fine ? 40 : 4 + random.nextInt(12);
    return new CampaignSpec(
        "simulated",
        number,
        1 + random.nextInt(fine ? 2 : 3),
        data,
        NETWORK,
        new TrainingSpec(
            iterations,
            4,
            new OptimizerSpec(OptimizerSpec.Type.MOMENTUM, 0.05),
            2 + random.nextInt(7),
            fine ? 1 : 2 + random.nextInt(6)),
        pruning(oneShot, random),
        rewind(oneShot, iterations, random),
        new ControlsSpec(
            random.nextInt(2),
            random.nextInt(2),
            random.nextInt(6) / 5,
            0,
            !oneShot && random.nextInt(5) == 0),
        new AnalysisSpec(
            new AnalysisSpec.Instability(random.nextInt(6) / 5, List.of(0, 1), 3),
            random.nextInt(5) == 0));
  }

  private static PruningSpec pruning(boolean oneShot, RandomStream random) {
    return new PruningSpec(
        oneShot ? Schedule.ONE_SHOT : Schedule.ITERATIVE,
        1 + random.nextInt(3),
        new PruningSpec.Rates(0.3, 0.2),
        random.nextInt(2) == 0 ? PruningSpec.Scope.LAYER : PruningSpec.Scope.GLOBAL,
        random.nextInt(4) == 0
            ? PruningSpec.Criterion.MAGNITUDE_INCREASE
            : PruningSpec.Criterion.MAGNITUDE);
  }

  private static RewindSpec rewind(boolean oneShot, int iterations, RandomStream random) {
    int later = 1 + random.nextInt(iterations - 1);
    return switch (random.nextInt(8)) {
      case 0, 1 -> new RewindSpec(Mode.WEIGHTS, later, RewindSpec.OptimizerHandling.FRESH);
      case 2 -> new RewindSpec(Mode.WEIGHTS, later, RewindSpec.OptimizerHandling.RESTORED);
      case 3 -> new RewindSpec(Mode.LEARNING_RATE, later, RewindSpec.OptimizerHandling.FRESH);
      case 4 ->
          oneShot
              ? RewindSpec.TO_INITIALISATION
              : new RewindSpec(Mode.CONTINUED, 0, RewindSpec.OptimizerHandling.FRESH);
      default -> RewindSpec.TO_INITIALISATION;
    };
  }

  private static Map<TrialId, Integer> divergences(CampaignSpec campaign, RandomStream random) {
    if (random.nextInt(3) > 0) {
      return Map.of();
    }
    List<TrialId> trials = campaign.trials();
    TrialId trial = trials.get(random.nextInt(trials.size()));
    return Map.of(trial, random.nextInt(campaign.training().iterations()));
  }

  /** In words, for an error message. */
  String describe() {
    Optional<String> diverging = divergences.keySet().stream().map(TrialId::toString).findFirst();
    return "%d replicates of %d trials on %d devices, %d iterations, checkpoint every %d%s"
        .formatted(
            campaign.replicates(),
            campaign.trials().size() / campaign.replicates(),
            devices.size(),
            campaign.training().iterations(),
            campaign.training().checkpointEvery(),
            diverging.map(trial -> ", " + trial + " diverges").orElse(""));
  }
}
