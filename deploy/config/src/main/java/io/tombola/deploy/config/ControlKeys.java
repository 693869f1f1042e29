package io.tombola.deploy.config;

import static io.tombola.deploy.config.ConfigKeyType.WHOLE_NUMBER;
import static io.tombola.deploy.config.ConfigKeyType.in;
import static io.tombola.protocol.spec.ValueRange.COPIES;

import io.tombola.protocol.spec.ControlsSpec;
import java.util.List;

/** The block {@code campaign.controls}. */
final class ControlKeys {

  static final ConfigKey<Integer> REINIT =
      ConfigKey.of("campaign.controls.reinit", in(COPIES, WHOLE_NUMBER), "3")
          .in(spec -> spec.controls().reinit())
          .doc("Trainings with the ticket's mask and freshly drawn weights.");

  static final ConfigKey<Integer> RANDOM_MASK =
      ConfigKey.of("campaign.controls.random-mask", in(COPIES, WHOLE_NUMBER), "0")
          .in(spec -> spec.controls().randomMask())
          .doc(
              """
              Trainings with a random mask of equal density over the whole network and the ticket's
              weights.
              """);

  static final ConfigKey<Integer> LAYER_SHUFFLE =
      ConfigKey.of("campaign.controls.layer-shuffle", in(COPIES, WHOLE_NUMBER), "0")
          .in(spec -> spec.controls().layerShuffle())
          .doc(
              """
              Trainings with the ticket's mask shuffled within each layer and the ticket's weights.
              """);

  static final ConfigKey<Integer> SAME_SIGN =
      ConfigKey.of("campaign.controls.same-sign", in(COPIES, WHOLE_NUMBER), "0")
          .in(spec -> spec.controls().sameSign())
          .doc(
              """
              Trainings with the ticket's mask and freshly drawn weights that have the signs of the
              ticket's weights.
              """);

  static final ConfigKey<Boolean> ONE_SHOT =
      ConfigKey.of("campaign.controls.one-shot", ConfigKeyType.BOOLEAN, "false")
          .in(spec -> spec.controls().oneShot())
          .doc(
              """
              Whether to train also a network with as many weights, chosen at once from the dense
              network.
              """);

  static final List<ConfigEntry> ENTRIES =
      List.of(
          new ConfigBlock("campaign.controls", "Control trainings in each pruned round."),
          REINIT,
          RANDOM_MASK,
          LAYER_SHUFFLE,
          SAME_SIGN,
          ONE_SHOT);

  private ControlKeys() {}

  static ControlsSpec read(ConfigReader config) {
    return new ControlsSpec(
        config.get(REINIT),
        config.get(RANDOM_MASK),
        config.get(LAYER_SHUFFLE),
        config.get(SAME_SIGN),
        config.get(ONE_SHOT));
  }
}
