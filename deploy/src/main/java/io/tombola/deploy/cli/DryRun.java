package io.tombola.deploy.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.tombola.deploy.config.ResolvedConfig;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.training.mask.Ladder;
import io.tombola.training.network.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a campaign would do.
 *
 * @param campaignFile the resolved campaign
 * @param trials trainings in all
 * @param iterations optimizer steps in all
 * @param rounds the ladder that every replicate goes down
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record DryRun(String campaignFile, int trials, long iterations, List<Rung> rounds) {

  /** What a round's ticket keeps. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Rung(
      int round,
      int trials,
      long remainingWeights,
      long prunableWeights,
      double remainingPercent) {}

  static DryRun of(CampaignSpec spec) {
    List<Ladder.Rung> ladder = Ladder.of(spec.pruning(), Networks.of(spec));
    List<Rung> rungs = new ArrayList<>();
    for (int round = 0; round < ladder.size(); round++) {
      Ladder.Rung kept = ladder.get(round);
      rungs.add(
          new Rung(
              round,
              spec.replicates() * spec.arms(round).size(),
              kept.remaining(),
              kept.total(),
              kept.remainingPercent()));
    }
    int trials = spec.trials().size();
    return new DryRun(
        ResolvedConfig.render(spec),
        trials,
        (long) trials * spec.training().iterations(),
        List.copyOf(rungs));
  }

  String toText() {
    TextTable table =
        new TextTable(
            List.of(
                TextTable.number("round"),
                TextTable.number("trials"),
                TextTable.number("remaining"),
                TextTable.number("Pm")));
    for (Rung rung : rounds) {
      table.row(
          rung.round(),
          rung.trials(),
          rung.remainingWeights(),
          String.format(Locale.ROOT, "%.2f", rung.remainingPercent()));
    }
    return campaignFile + "\n" + table + "\n" + trials + " trials, " + iterations + " iterations\n";
  }
}
