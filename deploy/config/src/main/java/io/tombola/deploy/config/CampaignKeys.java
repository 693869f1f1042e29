package io.tombola.deploy.config;

import static io.tombola.deploy.config.ConfigKeyType.in;

import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.protocol.spec.ValueRange;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.training.engine.EngineSelection;
import io.tombola.training.network.Networks;
import java.util.List;
import java.util.stream.Stream;

/** The block {@code campaign}. */
final class CampaignKeys {

  static final String BLOCK = "campaign";

  static final ConfigKey<String> NAME =
      ConfigKey.of("campaign.name", ConfigKeyType.TEXT, "campaign")
          .in(CampaignSpec::name)
          .doc(
              """
              The name of the campaign in the store: 1 to 64 letters, digits, '.', '_' and '-', the
              first a letter or digit.
              """);

  static final ConfigKey<Long> SEED =
      ConfigKey.of("campaign.seed", ConfigKeyType.LONG_NUMBER, "1")
          .in(CampaignSpec::seed)
          .doc("Every random number of the campaign is derived from it.");

  static final ConfigKey<Integer> REPLICATES =
      ConfigKey.of("campaign.replicates", in(ValueRange.POSITIVE, ConfigKeyType.WHOLE_NUMBER), "5")
          .in(CampaignSpec::replicates)
          .doc("The number of independent ticket chains.");

  static final ConfigKey<String> NETWORK =
      ConfigKey.of("campaign.network", ConfigKeyType.LAYERS, "lenet-300-100")
          .in(CampaignSpec::network)
          .doc(
              """
              lenet-300-100, conv-2, conv-4, conv-6, or a list of layers from input to output:

                  [ "conv 64", "batch-norm", "conv 64 5", "max-pool 2", "dense 256", "dropout 0.5",
                    "dense 10" ]

              conv FILTERS [EDGE] has stride 1 and zero padding that keeps the size; EDGE is 3 if it
              is left out. ReLU follows each conv and dense layer but the last, after the batch-norm
              where there is one.
              """);

  static final List<ConfigEntry> ENTRIES =
      Stream.of(
              List.of(
                  new ConfigBlock(
                      BLOCK,
                      "What is trained. It is stored and stays the same when it is resumed."),
                  NAME,
                  SEED,
                  REPLICATES),
              DatasetKeys.ENTRIES,
              List.<ConfigEntry>of(NETWORK),
              TrainingKeys.ENTRIES,
              PruningKeys.ENTRIES,
              RewindKeys.ENTRIES,
              ControlKeys.ENTRIES,
              AnalysisKeys.ENTRIES)
          .<ConfigEntry>flatMap(List::stream)
          .toList();

  private CampaignKeys() {}

  /**
   * Reads the campaign.
   *
   * @throws BadConfigException for the first value that is wrong
   */
  static CampaignSpec read(ConfigReader config) {
    try {
      CampaignSpec campaign =
          new CampaignSpec(
              config.get(NAME),
              config.get(SEED),
              config.get(REPLICATES),
              DatasetKeys.read(config),
              config.get(NETWORK),
              TrainingKeys.read(config),
              PruningKeys.read(config),
              RewindKeys.read(config),
              ControlKeys.read(config),
              AnalysisKeys.read(config));
      EngineSelection.check(campaign.training().engine(), Networks.of(campaign));
      return campaign;
    } catch (InvalidSpecException e) {
      String message = ExceptionMessage.of(e).substring(e.key().length() + ": ".length());
      throw config.error(ConfigKeys.at(BLOCK + "." + e.key()), message);
    }
  }
}
