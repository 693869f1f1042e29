package io.tombola.training.engine.sparse;

import java.util.Arrays;

/** One dense layer's outputs and gradients, for one batch at a time. Not thread-safe. */
final class SparseLayer {

  private final Kernels kernels;
  private final Survivors survivors;
  private final CompactLayout.Range weights;
  private final CompactLayout.Range biases;
  private final int width;
  private final boolean rectified;
  private final float[] output;
  private final float[] outputGradient;
  private final float[] backwardWeights;
  private final Walk biasWalk;
  private final float[] ones;

  /**
   * A layer.
   *
   * @param rectified whether ReLU follows
   * @param width lanes of a row
   */
  SparseLayer(
      Kernels kernels,
      Survivors survivors,
      CompactLayout.Range weights,
      CompactLayout.Range biases,
      boolean rectified,
      int width) {
    this.kernels = kernels;
    this.survivors = survivors;
    this.weights = weights;
    this.biases = biases;
    this.width = width;
    this.rectified = rectified;
    int units = biases.count();
    output = Lanes.zeros(units, width);
    outputGradient = Lanes.zeros(units, width);
    backwardWeights = new float[survivors.backward.count()];
    // A bias is a weight of an input that is always 1.
    ones = Lanes.zeros(1, width);
    Arrays.fill(ones, 1f);
    int[] from = new int[units];
    int[] into = new int[units];
    for (int u = 0; u < units; u++) {
      from[u] = Lanes.row(0, width);
      into[u] = Lanes.row(u, width);
    }
    biasWalk = Walk.of(from, into);
  }

  /** The outputs, [units][width]. */
  float[] output() {
    return output;
  }

  /** The derivatives by what comes out, [units][width], to be filled before {@link #gradients}. */
  float[] outputGradient() {
    return outputGradient;
  }

  /** Computes {@link #output}. */
  void forward(float[] parameters, float[] input) {
    Lanes.fill(output, parameters, biases.at(), biases.count(), width);
    kernels.addProducts(survivors.forward, parameters, weights.at(), input, output, width);
    if (rectified) {
      Lanes.rectify(output);
    }
  }

  /** Turns the derivatives by what comes out into those by what went into the ReLU. */
  void passRectifier() {
    if (rectified) {
      Lanes.maskByActivity(outputGradient, output);
    }
  }

  /** Computes the gradients by weights and biases. */
  void gradients(float[] input, float[] gradients) {
    kernels.sumProducts(survivors.forward, input, outputGradient, gradients, weights.at(), width);
    kernels.sumProducts(biasWalk, ones, outputGradient, gradients, biases.at(), width);
  }

  /** Computes the gradients by the input. */
  void inputGradients(float[] parameters, float[] inputGradient) {
    for (int k = 0; k < backwardWeights.length; k++) {
      backwardWeights[k] = parameters[weights.at() + survivors.forwardPlace[k]];
    }
    Arrays.fill(inputGradient, 0f);
    kernels.addProducts(
        survivors.backward, backwardWeights, 0, outputGradient, inputGradient, width);
  }

  /** The layer's weights, in the compact layout. */
  CompactLayout.Range weights() {
    return weights;
  }

  /** The layer's biases, in the compact layout. */
  CompactLayout.Range biases() {
    return biases;
  }
}
