package io.tombola.deploy.config;

import static io.tombola.deploy.config.ConfigKeyType.WHOLE_NUMBER;
import static io.tombola.deploy.config.ConfigKeyType.in;
import static io.tombola.protocol.spec.ValueRange.POSITIVE;

import io.tombola.protocol.spec.EngineChoice;
import io.tombola.protocol.spec.TrainingSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The block {@code campaign.training}. */
final class TrainingKeys {

  static final ConfigKey<Integer> ITERATIONS =
      ConfigKey.of("campaign.training.iterations", in(POSITIVE, WHOLE_NUMBER), "50000")
          .in(spec -> spec.training().iterations())
          .doc("Optimizer steps of one training.");

  static final ConfigKey<Integer> BATCH_SIZE =
      ConfigKey.of("campaign.training.batch-size", in(POSITIVE, WHOLE_NUMBER), "60")
          .in(spec -> spec.training().batchSize())
          .doc("Examples in a step.");

  static final ConfigKey<Integer> EVALUATE_EVERY =
      ConfigKey.of("campaign.training.evaluate-every", in(POSITIVE, WHOLE_NUMBER), "100")
          .in(spec -> spec.training().evaluateEvery())
          .doc("Iterations between evaluations.");

  static final ConfigKey<Optional<Integer>> TEST_EVERY =
      ConfigKey.nullable("campaign.training.test-every", in(POSITIVE, WHOLE_NUMBER), "500")
          .in(spec -> spec.training().testEvery())
          .doc(
              """
              Iterations between measurements on the test set, a multiple of evaluate-every; null: at
              every evaluation. The test set is also measured at each new minimum of the validation
              loss and at the end, so that all results stay the same. Fewer points make the test
              set's curves coarser, and the training of a small network up to a third shorter.
              """);

  static final ConfigKey<Integer> CHECKPOINT_EVERY =
      ConfigKey.of("campaign.training.checkpoint-every", in(POSITIVE, WHOLE_NUMBER), "1000")
          .in(spec -> spec.training().checkpointEvery())
          .doc("Iterations between checkpoints: the most that a crash costs.");

  static final ConfigKey<EngineChoice> ENGINE =
      ConfigKey.of("campaign.training.engine", ConfigKeyType.choice(EngineChoice.class), "auto")
          .in(spec -> spec.training().engine())
          .doc(
              """
              What computes a training. dl4j: dense products, with the mask applied to every update.
              sparse: surviving weights only, for networks without batch-norm, on processors. auto:
              chosen for each training by its network and density and nothing else; on GPUs always
              dl4j. Each training's engine is recorded when it is prepared, and stays the same when
              the training is resumed.
              """);

  static final List<ConfigEntry> ENTRIES =
      Stream.of(
              List.of(
                  new ConfigBlock("campaign.training", "The recipe of one training."),
                  ITERATIONS,
                  BATCH_SIZE),
              OptimizerKeys.ENTRIES,
              List.<ConfigEntry>of(EVALUATE_EVERY, TEST_EVERY, CHECKPOINT_EVERY, ENGINE))
          .<ConfigEntry>flatMap(List::stream)
          .toList();

  private TrainingKeys() {}

  static TrainingSpec read(ConfigReader config) {
    return new TrainingSpec(
        config.get(ITERATIONS),
        config.get(BATCH_SIZE),
        OptimizerKeys.read(config),
        config.get(EVALUATE_EVERY),
        config.get(CHECKPOINT_EVERY),
        config.get(ENGINE),
        config.get(TEST_EVERY));
  }
}
