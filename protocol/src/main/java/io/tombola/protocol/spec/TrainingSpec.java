package io.tombola.protocol.spec;

import static io.tombola.protocol.spec.InvalidSpecException.require;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The recipe of one training; it always runs its full length.
 *
 * @param iterations optimizer steps, at least 1
 * @param batchSize examples a step, at least 1; a short last batch of an epoch is dropped
 * @param evaluateEvery iterations between evaluations; iteration 0 and the last are always measured
 * @param testEvery iterations between measurements on the test set, a multiple of {@code
 *     evaluateEvery}; it is also measured at each new minimum of the validation loss and at the
 *     last iteration. Empty: at every evaluation
 * @param checkpointEvery iterations between checkpoints: the most that a crash costs
 * @param engine what computes it
 */
public record TrainingSpec(
    int iterations,
    int batchSize,
    OptimizerSpec optimizer,
    int evaluateEvery,
    int checkpointEvery,
    EngineChoice engine,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> testEvery) {

  /**
   * Checks that every count is at least 1. Events before version 0.4.0 have neither an engine,
   * which was DL4J, nor {@code testEvery}.
   */
  public TrainingSpec {
    engine = engine == null ? EngineChoice.DL4J : engine;
    testEvery = testEvery == null ? Optional.empty() : testEvery;
    ValueRange.POSITIVE.check("training.iterations", iterations);
    ValueRange.POSITIVE.check("training.batch-size", batchSize);
    ValueRange.POSITIVE.check("training.evaluate-every", evaluateEvery);
    ValueRange.POSITIVE.check("training.checkpoint-every", checkpointEvery);
    if (testEvery.isPresent()) {
      require(
          testEvery.get() >= 1 && testEvery.get() % evaluateEvery == 0,
          "training.test-every",
          "a multiple of training.evaluate-every, which is " + evaluateEvery,
          testEvery.get());
    }
  }

  /** A recipe for DL4J. */
  public TrainingSpec(
      int iterations,
      int batchSize,
      OptimizerSpec optimizer,
      int evaluateEvery,
      int checkpointEvery) {
    this(
        iterations,
        batchSize,
        optimizer,
        evaluateEvery,
        checkpointEvery,
        EngineChoice.DL4J,
        Optional.empty());
  }

  /** The same recipe, computed by another engine. */
  public TrainingSpec withEngine(EngineChoice other) {
    return new TrainingSpec(
        iterations, batchSize, optimizer, evaluateEvery, checkpointEvery, other, testEvery);
  }
}
