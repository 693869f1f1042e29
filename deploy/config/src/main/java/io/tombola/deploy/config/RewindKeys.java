package io.tombola.deploy.config;

import static io.tombola.deploy.config.ConfigKeyType.WHOLE_NUMBER;
import static io.tombola.deploy.config.ConfigKeyType.in;

import io.tombola.protocol.spec.RewindSpec;
import io.tombola.protocol.spec.RewindSpec.Mode;
import io.tombola.protocol.spec.RewindSpec.OptimizerHandling;
import io.tombola.protocol.spec.ValueRange;
import java.util.List;

/** The block {@code campaign.rewind}. */
final class RewindKeys {

  static final ConfigKey<Mode> MODE =
      ConfigKey.of("campaign.rewind.mode", ConfigKeyType.choice(Mode.class), "weights")
          .in(spec -> spec.rewind().mode())
          .doc(
              """
              weights: surviving weights are set to their values at iteration 'to' of the dense
              network's training, with its schedule and data order. learning-rate: weights stay as
              trained; schedule and data order are rewound to iteration 'to'. fine-tune: weights stay
              as trained and are trained further at the schedule's last learning rate. continued:
              masks come from a chain that is never rewound; tickets start at iteration 0.
              """);

  static final ConfigKey<Integer> TO =
      ConfigKey.of("campaign.rewind.to", in(ValueRange.ITERATION, WHOLE_NUMBER), "0")
          .in(spec -> spec.rewind().to())
          .doc(
              "The iteration to rewind to, less than training.iterations; 0 is the initialisation.");

  static final ConfigKey<OptimizerHandling> OPTIMIZER =
      ConfigKey.of(
              "campaign.rewind.optimizer",
              ConfigKeyType.choice(OptimizerHandling.class),
              "restored")
          .in(spec -> spec.rewind().optimizer())
          .doc(
              """
              restored: with mode = weights, the optimizer has the state of that iteration, too.
              fresh: it starts from zero.
              """);

  static final List<ConfigEntry> ENTRIES =
      List.of(
          new ConfigBlock("campaign.rewind", "Where a pruned network starts its next training."),
          MODE,
          TO,
          OPTIMIZER);

  private RewindKeys() {}

  static RewindSpec read(ConfigReader config) {
    return new RewindSpec(config.get(MODE), config.get(TO), config.get(OPTIMIZER));
  }
}
