package io.tombola.training.data;

import io.tombola.protocol.spec.DatasetSpec;
import io.tombola.training.seed.Seeds;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a replicate trains on, validates on and is tested on. Immutable and thread-safe; cheap,
 * since splits hold indices into one shared data set.
 *
 * @param train from the training files without the validation examples
 * @param validation drawn at random from the training files
 * @param test from the test files
 */
public record DataSplits(Dataset dataset, Split train, Split validation, Split test) {

  /**
   * Draws the validation examples, then those to train on, by the stream {@code validation-split};
   * tests on the first ones.
   *
   * @throws BadDataException if there are not as many examples as {@code spec} wants
   */
  public static DataSplits of(Dataset dataset, DatasetSpec spec, Seeds seeds) {
    requireFit(dataset, spec);
    Examples train = dataset.train();
    int drawn = spec.validationExamples();
    int[] order = seeds.stream("validation-split").permutation(train.count());
    int[] validation = Arrays.copyOf(order, drawn);
    int[] rest = Arrays.copyOfRange(order, drawn, drawn + trainExamples(dataset, spec));
    Arrays.sort(validation);
    Arrays.sort(rest);
    int tests = spec.testExamples().orElse(dataset.test().count());
    return new DataSplits(
        dataset,
        new Split(train, rest),
        new Split(train, validation),
        new Split(dataset.test(), IntStream.range(0, tests).toArray()));
  }

  /** One black image to train on, to validate on and to test on. */
  public static DataSplits blank(ImageShape shape, int classes) {
    Examples black = new Examples(new byte[shape.values()], new byte[1], shape);
    Split all = new Split(black, new int[] {0});
    return new DataSplits(
        new Dataset("blank", black, black, classes, shape, "blank"), all, all, all);
  }

  /** How many examples a replicate trains on. */
  public static int trainExamples(Dataset dataset, DatasetSpec spec) {
    return spec.trainExamples().orElse(dataset.train().count() - spec.validationExamples());
  }

  /**
   * Checks that a data set has as many examples as are wanted of it.
   *
   * @throws BadDataException if it has not
   */
  static void requireFit(Dataset dataset, DatasetSpec spec) {
    int train = dataset.train().count();
    int left = train - spec.validationExamples();
    if (left < 1) {
      throw tooMany(
          "dataset.validation",
          "fewer than the %d training examples of %s".formatted(train, dataset.name()),
          spec.validationExamples());
    }
    int asked = trainExamples(dataset, spec);
    if (asked > left) {
      throw tooMany(
          "dataset.train-limit",
          "at most the %d training examples of %s that validation leaves"
              .formatted(left, dataset.name()),
          asked);
    }
    int test = dataset.test().count();
    int tests = spec.testExamples().orElse(test);
    if (tests > test) {
      throw tooMany(
          "dataset.test-limit",
          "at most the %d test examples of %s".formatted(test, dataset.name()),
          tests);
    }
  }

  private static BadDataException tooMany(String key, String expected, int found) {
    return new BadDataException(
        "%s: expected %s, found %d; ask for fewer by --set %s=NUMBER"
            .formatted(key, expected, found, key));
  }
}
