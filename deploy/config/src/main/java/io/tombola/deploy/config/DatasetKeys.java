package io.tombola.deploy.config;

import static io.tombola.deploy.config.ConfigKeyType.WHOLE_NUMBER;
import static io.tombola.deploy.config.ConfigKeyType.in;
import static io.tombola.protocol.spec.ValueRange.POSITIVE;

import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.protocol.spec.DatasetSpec.Normalization;
import io.tombola.training.data.Datasets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The block {@code campaign.dataset}. */
final class DatasetKeys {

  static final ConfigKey<String> NAME =
      ConfigKey.of("campaign.dataset.name", ConfigKeyType.choice(Datasets.names()), "fashion-mnist")
          .in(spec -> spec.dataset().name())
          .doc(
              """
              fashion-mnist is part of Tombola. mnist and cifar-10 are fetched when they are first used
              (see the block data) or read from dir. idx and cifar read any data set of that format
              from dir:

                  idx    one file each, compressed with gzip or not, whose name ends in
                         train-images-idx3-ubyte, train-labels-idx1-ubyte,
                         t10k-images-idx3-ubyte (or test-...) and t10k-labels-idx1-ubyte;
                         images are grey, or of rank 4: height, width, channels
                  cifar  data_batch_1.bin, data_batch_2.bin, ... or train.bin; test_batch.bin or
                         test.bin; of two labels, as in CIFAR-100, the second counts

              The classes of idx and cifar are 0 to the highest label.
              """);

  static final ConfigKey<Optional<String>> DIR =
      ConfigKey.nullable("campaign.dataset.dir", ConfigKeyType.TEXT, "data/mnist")
          .in(spec -> spec.dataset().dir())
          .doc(
              """
              The directory of the original files. A relative path is relative to the directory in
              which the command is typed, not to the file. null: the data set is part of Tombola or
              fetched. It may change when a campaign is resumed.
              """);

  static final ConfigKey<Normalization> NORMALIZE =
      ConfigKey.of("campaign.dataset.normalize", ConfigKeyType.choice(Normalization.class), "none")
          .in(spec -> spec.dataset().normalization())
          .doc(
              """
              none: pixels are scaled to [0, 1]. per-channel: they are then also scaled to mean 0 and
              standard deviation 1 over the training files, channel by channel.
              """);

  static final ConfigKey<Integer> VALIDATION =
      ConfigKey.of("campaign.dataset.validation", in(POSITIVE, WHOLE_NUMBER), "5000")
          .in(spec -> spec.dataset().validationExamples())
          .doc("Examples that are drawn from the training files for validation.");

  static final ConfigKey<Optional<Integer>> TRAIN_LIMIT =
      ConfigKey.nullable("campaign.dataset.train-limit", in(POSITIVE, WHOLE_NUMBER), "10000")
          .in(spec -> spec.dataset().trainExamples())
          .doc("The largest number of examples to train on; null: all that validation leaves.");

  static final ConfigKey<Optional<Integer>> TEST_LIMIT =
      ConfigKey.nullable("campaign.dataset.test-limit", in(POSITIVE, WHOLE_NUMBER), "10000")
          .in(spec -> spec.dataset().testExamples())
          .doc("The largest number of examples to test on, the first ones; null: all.");

  static final List<ConfigEntry> ENTRIES =
      List.of(
          new ConfigBlock("campaign.dataset", "The data."),
          NAME,
          DIR,
          NORMALIZE,
          VALIDATION,
          TRAIN_LIMIT,
          TEST_LIMIT);

  private DatasetKeys() {}

  static DatasetSpec read(ConfigReader config) {
    String name = config.get(NAME);
    Optional<String> dir = config.get(DIR);
    if (dir.isPresent() && !Files.isDirectory(Path.of(dir.get()))) {
      throw config.error(
          DIR,
          "expected a directory with the files of " + name + ", found no directory " + dir.get(),
          "name one by --set dataset.dir=DIR");
    }
    if (dir.isEmpty() && Datasets.needsDirectory(name)) {
      throw config.error(
          NAME,
          name + " is a file format: expected dataset.dir, found none",
          "name the directory with its files by --set dataset.dir=DIR");
    }
    return new DatasetSpec(
        name,
        dir,
        config.get(NORMALIZE),
        config.get(VALIDATION),
        config.get(TRAIN_LIMIT),
        config.get(TEST_LIMIT));
  }
}
