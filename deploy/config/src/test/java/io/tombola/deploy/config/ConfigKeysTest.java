package io.tombola.deploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.tombola.protocol.spec.CampaignSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigKeysTest {

  /** A value for each key of the campaign, but for the data's directory: none is the default. */
  private static final Map<String, String> OTHER_VALUES =
      Stream.of(
              "name=other",
              "seed=2",
              "replicates=3",
              "dataset.name=mnist",
              "dataset.normalize=per-channel",
              "dataset.validation=4000",
              "dataset.train-limit=3000",
              "dataset.test-limit=2000",
              "network=dense 30, dense 10",
              "training.iterations=700",
              "training.batch-size=50",
              "training.optimizer.type=momentum",
              "training.optimizer.learning-rate=0.1",
              "training.optimizer.momentum=0.8",
              "training.optimizer.weight-decay=0.01",
              "training.optimizer.schedule.type=step",
              "training.optimizer.schedule.milestones=[300, 500]",
              "training.optimizer.schedule.factor=0.2",
              "training.optimizer.schedule.warm-up=20",
              "training.evaluate-every=70",
              "training.test-every=140",
              "training.checkpoint-every=350",
              "training.engine=dl4j",
              "pruning.schedule=iterative",
              "pruning.rounds=4",
              "pruning.target-percent=5.0",
              "pruning.rates.dense=0.3",
              "pruning.rates.conv=0.15",
              "pruning.rates.output=0.05",
              "pruning.rates.global=0.25",
              "pruning.scope=global",
              "pruning.criterion=movement",
              "rewind.mode=weights",
              "rewind.to=100",
              "rewind.optimizer=restored",
              "controls.reinit=1",
              "controls.random-mask=2",
              "controls.layer-shuffle=3",
              "controls.same-sign=4",
              "controls.one-shot=true",
              "analysis.instability.copies=5",
              "analysis.instability.rounds=[0, 2]",
              "analysis.instability.points=21",
              "analysis.early-bird=true")
          .map(setting -> setting.split("=", 2))
          .collect(
              Collectors.toMap(
                  setting -> setting[0],
                  setting -> setting[1],
                  (first, second) -> second,
                  LinkedHashMap::new));

  @TempDir Path dir;

  @Test
  void everyKeyOfACampaignIsReadToItsPlaceAndWrittenFromThere() {
    Map<String, String> expected = new LinkedHashMap<>(OTHER_VALUES);
    expected.put("dataset.dir", dir.toString());
    assertEquals(
        new TreeSet<>(expected.keySet()),
        ConfigKeys.ofCampaign()
            .map(ConfigKey::typed)
            .collect(Collectors.toCollection(TreeSet::new)));

    CampaignSpec spec =
        ConfigLoader.load(
                Optional.empty(),
                expected.entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue())
                    .toList())
            .campaign();

    assertEquals(expected, CampaignSettings.of(spec));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void hasDocumentationAndAnExampleThatIsAccepted(ConfigKey<?> key)
      throws UnexpectedValueException {
    assertFalse(key.doc().isBlank());
    boolean block = key.example().startsWith("{");
    ConfigValue typed =
        block
            ? ConfigFactory.parseString(key.example()).root()
            : ConfigValueFactory.fromAnyRef(key.example().replace("\"", ""));
    key.type().parser().parse(typed);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isPartOfABlockWithDocumentation(ConfigKey<?> key) {
    List<String> blocks =
        ConfigKeys.ALL.stream()
            .filter(ConfigBlock.class::isInstance)
            .map(ConfigEntry::path)
            .toList();
    String block = key.path().substring(0, key.path().lastIndexOf('.'));
    assertTrue(blocks.contains(block), block);
  }

  static Stream<ConfigKey<?>> keys() {
    return ConfigKeys.ALL.stream()
        .filter(ConfigKey.class::isInstance)
        .map(entry -> (ConfigKey<?>) entry);
  }
}
