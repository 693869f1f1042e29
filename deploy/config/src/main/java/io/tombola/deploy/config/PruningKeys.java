package io.tombola.deploy.config;

import static io.tombola.deploy.config.ConfigKeyType.NUMBER;
import static io.tombola.deploy.config.ConfigKeyType.WHOLE_NUMBER;
import static io.tombola.deploy.config.ConfigKeyType.in;

import io.tombola.protocol.spec.PruningSpec;
import io.tombola.protocol.spec.PruningSpec.Criterion;
import io.tombola.protocol.spec.PruningSpec.Rates;
import io.tombola.protocol.spec.PruningSpec.Schedule;
import io.tombola.protocol.spec.PruningSpec.Scope;
import io.tombola.protocol.spec.ValueRange;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The block {@code campaign.pruning}. */
final class PruningKeys {

  static final ConfigKey<Schedule> SCHEDULE =
      ConfigKey.of("campaign.pruning.schedule", ConfigKeyType.choice(Schedule.class), "iterative")
          .in(spec -> spec.pruning().schedule())
          .doc(
              """
              iterative: a part of the remaining weights is removed, round after round. one-shot: the
              mask of each round is taken from the dense network at once, at that round's density.
              """);

  static final ConfigKey<Integer> ROUNDS =
      ConfigKey.of("campaign.pruning.rounds", in(ValueRange.POSITIVE, WHOLE_NUMBER), "20")
          .in(spec -> spec.pruning().rounds())
          .doc("The number of times that weights are removed.");

  static final ConfigKey<Optional<Double>> TARGET_PERCENT =
      ConfigKey.nullable(
              "campaign.pruning.target-percent", in(ValueRange.TARGET_PERCENT, NUMBER), "3.5")
          .in(spec -> spec.pruning().targetPercent())
          .doc(
              """
              Pm of the last round, in percent. Every round then removes the same fraction from all
              layers, 1 - (target / 100)^(1 / rounds), and the rates below have no effect. null: the
              rates count.
              """);

  static final ConfigKey<Double> DENSE_RATE =
      rate("dense", "0.2", Rates::dense).doc("In dense layers but the last, with scope = layer.");

  static final ConfigKey<Double> CONV_RATE =
      rate("conv", "0.1", Rates::conv).doc("In convolutions, with scope = layer.");

  static final ConfigKey<Double> OUTPUT_RATE =
      rate("output", "0.1", Rates::output).doc("In the last dense layer, with scope = layer.");

  static final ConfigKey<Double> GLOBAL_RATE =
      rate("global", "0.2", Rates::global).doc("In the whole network, with scope = global.");

  static final ConfigKey<Scope> SCOPE =
      ConfigKey.of("campaign.pruning.scope", ConfigKeyType.choice(Scope.class), "layer")
          .in(spec -> spec.pruning().scope())
          .doc(
              """
              layer: the weights with the lowest scores are removed in each layer by itself. global:
              in the whole network, with one threshold.
              """);

  static final ConfigKey<Criterion> CRITERION =
      ConfigKey.of("campaign.pruning.criterion", ConfigKeyType.choice(Criterion.class), "magnitude")
          .in(spec -> spec.pruning().criterion())
          .doc(
              """
              What weights are scored by; those with the lowest scores are removed. After training:
              magnitude, magnitude-increase, movement, large-final-same-sign, random. At
              initialisation, with schedule = one-shot: snip, grasp, synflow.
              """);

  static final List<ConfigEntry> ENTRIES =
      List.of(
          new ConfigBlock("campaign.pruning", "How a network is pruned."),
          SCHEDULE,
          ROUNDS,
          TARGET_PERCENT,
          new ConfigBlock(
              "campaign.pruning.rates",
              """
              Fractions of the surviving weights that a round removes: by kind of layer with
              scope = layer, global with scope = global.\
              """),
          DENSE_RATE,
          CONV_RATE,
          OUTPUT_RATE,
          GLOBAL_RATE,
          SCOPE,
          CRITERION);

  private PruningKeys() {}

  private static ConfigKey<Double> rate(
      String name, String defaultValue, Function<Rates, Double> rate) {
    return ConfigKey.of(
            "campaign.pruning.rates." + name, in(ValueRange.PRUNING_RATE, NUMBER), defaultValue)
        .in(spec -> rate.apply(spec.pruning().rates()));
  }

  static PruningSpec read(ConfigReader config) {
    return new PruningSpec(
        config.get(SCHEDULE),
        config.get(ROUNDS),
        config.get(TARGET_PERCENT),
        new Rates(
            config.get(DENSE_RATE),
            config.get(CONV_RATE),
            config.get(OUTPUT_RATE),
            config.get(GLOBAL_RATE)),
        config.get(SCOPE),
        config.get(CRITERION));
  }
}
