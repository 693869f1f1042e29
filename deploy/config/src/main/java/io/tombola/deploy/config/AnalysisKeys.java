package io.tombola.deploy.config;

import static io.tombola.deploy.config.ConfigKeyType.WHOLE_NUMBER;
import static io.tombola.deploy.config.ConfigKeyType.WHOLE_NUMBERS;
import static io.tombola.deploy.config.ConfigKeyType.in;

import io.tombola.protocol.spec.AnalysisSpec;
import io.tombola.protocol.spec.AnalysisSpec.Instability;
import io.tombola.protocol.spec.ValueRange;
import java.util.List;

/** The block {@code campaign.analysis}. */
final class AnalysisKeys {

  static final ConfigKey<Integer> COPIES =
      ConfigKey.of("campaign.analysis.instability.copies", in(ValueRange.COPIES, WHOLE_NUMBER), "0")
          .in(spec -> spec.analysis().instability().copies())
          .doc("Copies of each such ticket; 0: none.");

  static final ConfigKey<List<Integer>> ROUNDS =
      ConfigKey.of("campaign.analysis.instability.rounds", WHOLE_NUMBERS, "[]")
          .in(spec -> spec.analysis().instability().rounds())
          .doc("Rounds, from 0 on, whose tickets are copied; []: all.");

  static final ConfigKey<Integer> POINTS =
      ConfigKey.of(
              "campaign.analysis.instability.points", in(ValueRange.POINTS, WHOLE_NUMBER), "11")
          .in(spec -> spec.analysis().instability().points())
          .doc("Points that are evaluated on the line, both ends included.");

  static final ConfigKey<Boolean> EARLY_BIRD =
      ConfigKey.of("campaign.analysis.early-bird", ConfigKeyType.BOOLEAN, "false")
          .in(spec -> spec.analysis().earlyBird())
          .doc(
              """
              Whether learning curves of tickets contain the distance between the masks that
              successive evaluations would give (early-bird tickets).
              """);

  static final List<ConfigEntry> ENTRIES =
      List.of(
          new ConfigBlock("campaign.analysis", "What is measured beyond accuracy and early stop."),
          new ConfigBlock(
              "campaign.analysis.instability",
              """
              Copies of tickets under other orders of the training data, and the error barrier on
              the line between each and its ticket (linear mode connectivity).\
              """),
          COPIES,
          ROUNDS,
          POINTS,
          EARLY_BIRD);

  private AnalysisKeys() {}

  static AnalysisSpec read(ConfigReader config) {
    return new AnalysisSpec(
        new Instability(config.get(COPIES), config.get(ROUNDS), config.get(POINTS)),
        config.get(EARLY_BIRD));
  }
}
