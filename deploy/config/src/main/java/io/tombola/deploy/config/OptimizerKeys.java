package io.tombola.deploy.config;

import static io.tombola.deploy.config.ConfigKeyType.NUMBER;
import static io.tombola.deploy.config.ConfigKeyType.WHOLE_NUMBER;
import static io.tombola.deploy.config.ConfigKeyType.WHOLE_NUMBERS;
import static io.tombola.deploy.config.ConfigKeyType.in;

import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.OptimizerSpec;
import io.tombola.protocol.spec.ScheduleSpec;
import io.tombola.protocol.spec.ValueRange;
import java.util.List;

/** The block {@code campaign.training.optimizer}. */
final class OptimizerKeys {

  static final ConfigKey<OptimizerSpec.Type> TYPE =
      ConfigKey.of(
              "campaign.training.optimizer.type",
              ConfigKeyType.choice(OptimizerSpec.Type.class),
              "adam")
          .in(spec -> spec.training().optimizer().type())
          .doc(
              """
              adam, with beta 0.9 and 0.999 and epsilon 1e-8; sgd: plain gradient descent; momentum:
              gradient descent with heavy-ball momentum.
              """);

  static final ConfigKey<Double> LEARNING_RATE =
      ConfigKey.of(
              "campaign.training.optimizer.learning-rate",
              in(ValueRange.LEARNING_RATE, NUMBER),
              "0.0012")
          .in(spec -> spec.training().optimizer().learningRate())
          .doc("The full step size, which the schedule scales; above 0 and at most 10.");

  static final ConfigKey<Double> MOMENTUM =
      ConfigKey.of("campaign.training.optimizer.momentum", in(ValueRange.MOMENTUM, NUMBER), "0.9")
          .in(spec -> spec.training().optimizer().momentum())
          .doc("The part of the last step that is taken again; for type = momentum.");

  static final ConfigKey<Double> WEIGHT_DECAY =
      ConfigKey.of(
              "campaign.training.optimizer.weight-decay",
              in(ValueRange.WEIGHT_DECAY, NUMBER),
              "0.0")
          .in(spec -> spec.training().optimizer().weightDecay())
          .doc("Times this, each surviving weight is added to its gradient; biases are not.");

  static final ConfigKey<ScheduleSpec.Type> SCHEDULE =
      ConfigKey.of(
              "campaign.training.optimizer.schedule.type",
              ConfigKeyType.choice(ScheduleSpec.Type.class),
              "constant")
          .in(spec -> schedule(spec).type())
          .doc(
              """
              constant: the full rate. step: the rate is multiplied by factor at each milestone.
              cosine: the rate falls along half a cosine, from the full rate after the warm-up to 0
              at the end of the training.
              """);

  static final ConfigKey<List<Integer>> MILESTONES =
      ConfigKey.of("campaign.training.optimizer.schedule.milestones", WHOLE_NUMBERS, "[]")
          .in(spec -> schedule(spec).milestones())
          .doc("Iterations above 0 that rise; for type = step, and there at least one.");

  static final ConfigKey<Double> FACTOR =
      ConfigKey.of(
              "campaign.training.optimizer.schedule.factor", in(ValueRange.FACTOR, NUMBER), "0.1")
          .in(spec -> schedule(spec).factor())
          .doc("What each milestone multiplies the rate by; for type = step.");

  static final ConfigKey<Integer> WARM_UP =
      ConfigKey.of(
              "campaign.training.optimizer.schedule.warm-up",
              in(ValueRange.WARM_UP, WHOLE_NUMBER),
              "0")
          .in(spec -> schedule(spec).warmUp())
          .doc("Iterations over which the rate first rises to its full size in equal steps.");

  static final List<ConfigEntry> ENTRIES =
      List.of(
          new ConfigBlock("campaign.training.optimizer", "How weights are changed in a step."),
          TYPE,
          LEARNING_RATE,
          MOMENTUM,
          WEIGHT_DECAY,
          new ConfigBlock(
              "campaign.training.optimizer.schedule",
              "How the learning rate changes over a training."),
          SCHEDULE,
          MILESTONES,
          FACTOR,
          WARM_UP);

  private OptimizerKeys() {}

  static OptimizerSpec read(ConfigReader config) {
    return new OptimizerSpec(
        config.get(TYPE),
        config.get(LEARNING_RATE),
        config.get(MOMENTUM),
        config.get(WEIGHT_DECAY),
        ScheduleSpec.of(
            new ScheduleSpec.Settings(
                config.get(SCHEDULE),
                config.get(MILESTONES),
                config.get(FACTOR),
                config.get(WARM_UP))));
  }

  private static ScheduleSpec.Settings schedule(CampaignSpec spec) {
    return spec.training().optimizer().schedule().settings();
  }
}
