package io.tombola.training.engine.sparse;

import io.tombola.training.seed.RandomStream;
import java.util.function.IntFunction;

/** A stage, with the ReLU that follows it, for one batch at a time. */
interface LaneStep {

  /** What comes out. */
  LaneTensor output();

  /** The gradient by what comes out, to be filled before {@link #back}. */
  LaneTensor gradient();

  /** Computes {@link #output} as a trained network does. */
  void infer(float[] parameters);

  /**
   * Computes {@link #output} as a network in training does.
   *
   * @param streams what a dropout draws from, by its index in the network
   */
  default void train(float[] parameters, int examples, IntFunction<RandomStream> streams) {
    infer(parameters);
  }

  /**
   * Computes the gradients by the stage's parameters and by what went in, from {@link #gradient}.
   */
  void back(float[] parameters, float[] gradients);
}
