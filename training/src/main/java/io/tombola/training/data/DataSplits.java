package io.tombola.training.data;

import io.tombola.training.seed.Seeds;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a replicate trains on, validates on and is tested on. Immutable and thread-safe; cheap,
 * since splits hold indices into one shared data set.
 *
 * @param train the training files without the validation examples
 * @param validation 5,000 examples drawn at random from the training files
 * @param test the test files
 */
public record DataSplits(Dataset dataset, Split train, Split validation, Split test) {

  /** Examples drawn for validation (Frankle and Carbin 2019, appendix). */
  public static final int VALIDATION_EXAMPLES = 5_000;

  /** Draws the validation examples by the stream {@code validation-split}. */
  public static DataSplits of(Dataset dataset, Seeds seeds) {
    Examples train = dataset.train();
    if (train.count() <= VALIDATION_EXAMPLES) {
      throw new BadDataException(
          "data set %s: expected more than %d training examples, found %d; use the whole data set"
              .formatted(dataset.name(), VALIDATION_EXAMPLES, train.count()));
    }
    int[] order = seeds.stream("validation-split").permutation(train.count());
    int[] validation = Arrays.copyOf(order, VALIDATION_EXAMPLES);
    int[] rest = Arrays.copyOfRange(order, VALIDATION_EXAMPLES, order.length);
    Arrays.sort(validation);
    Arrays.sort(rest);
    return new DataSplits(
        dataset,
        new Split(train, rest),
        new Split(train, validation),
        new Split(dataset.test(), IntStream.range(0, dataset.test().count()).toArray()));
  }
}
