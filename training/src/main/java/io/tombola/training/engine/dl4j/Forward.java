package io.tombola.training.engine.dl4j;

import io.tombola.training.network.Stage;
import io.tombola.training.seed.RandomStream;
import java.util.function.IntFunction;

/** A stage, with the ReLU that follows it, for a fixed number of examples; buffers are reused. */
interface Forward extends AutoCloseable {

  /** What this computes. */
  Stage stage();

  /** Computes the stage as a trained network does; the result is valid until the next call. */
  Values infer(Values input);

  /**
   * Computes the stage as a network in training does.
   *
   * @param dropouts what a dropout draws from, by its index in the network
   */
  default Values train(Values input, IntFunction<RandomStream> dropouts) {
    return infer(input);
  }

  /** The way back; the caller closes it before this. */
  Backward backward();

  @Override
  default void close() {}
}
