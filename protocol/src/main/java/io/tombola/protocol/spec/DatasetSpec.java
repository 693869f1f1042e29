package io.tombola.protocol.spec;

import java.util.Optional;

/**
 * Which data to train on.
 *
 * @param name {@code fashion-mnist} (part of Tombola), {@code mnist}, {@code cifar-10}, or a
 *     format: {@code idx}, {@code cifar}
 * @param dir the directory of the files; empty for a data set that is part of Tombola or fetched
 * @param normalization what is done to pixels beyond scaling them to [0, 1]
 * @param validationExamples drawn at random from the training files, at least 1
 * @param trainExamples the largest number to train on; empty for all that validation leaves
 * @param testExamples the largest number to test on, the first ones; empty for all
 */
public record DatasetSpec(
    String name,
    Optional<String> dir,
    Normalization normalization,
    int validationExamples,
    Optional<Integer> trainExamples,
    Optional<Integer> testExamples) {

  /** Examples drawn for validation (Frankle and Carbin 2019, appendix). */
  public static final int VALIDATION_EXAMPLES = 5_000;

  /** How pixels are normalized beyond scaling them to [0, 1]. */
  public enum Normalization {
    /** Nothing. */
    NONE,
    /** Each channel is shifted and scaled to mean 0 and deviation 1 over the training files. */
    PER_CHANNEL
  }

  /** Checks the counts. What logs of version 0.1.0 lack has the value it had then. */
  public DatasetSpec {
    normalization = normalization == null ? Normalization.NONE : normalization;
    validationExamples = validationExamples == 0 ? VALIDATION_EXAMPLES : validationExamples;
    ValueRange.POSITIVE.check("dataset.validation", validationExamples);
    trainExamples.ifPresent(limit -> ValueRange.POSITIVE.check("dataset.train-limit", limit));
    testExamples.ifPresent(limit -> ValueRange.POSITIVE.check("dataset.test-limit", limit));
  }

  /** All of a data set, not normalized, with the paper's number of validation examples. */
  public DatasetSpec(String name, Optional<String> dir) {
    this(name, dir, Normalization.NONE, VALIDATION_EXAMPLES, Optional.empty(), Optional.empty());
  }

  /** The same data without its directory. */
  public DatasetSpec withoutDir() {
    return new DatasetSpec(
        name, Optional.empty(), normalization, validationExamples, trainExamples, testExamples);
  }
}
