package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Matrix;
import io.tombola.training.network.Network;
import java.util.List;

/** Parameters that an optimizer moves together: where their gradients are and their values go. */
sealed interface ParameterGroup {

  /**
   * Consecutive parameters in the canonical layout.
   *
   * @param prunable whether they are weights, which weight decay and masks are for
   */
  record Range(int offset, int count, boolean prunable) {

    /** The weights of a convolution or dense layer. */
    static Range weights(Network network, int layer) {
      return new Range(
          network.weightOffset(layer), network.prunableLayers().get(layer).weightCount(), true);
    }

    /** The biases of a convolution or dense layer. */
    static Range biases(Network network, int layer) {
      return new Range(
          network.biasOffset(layer), network.prunableLayers().get(layer).outputs(), false);
    }
  }

  /**
   * The weights and biases of a layer whose matrix has the biases in its last row.
   *
   * @param layer its index among the layers with weights
   * @param gradients laid out like the layer's matrix
   */
  static List<ParameterGroup> inMatrix(Parameters parameters, int layer, Matrix gradients) {
    Range weights = Range.weights(parameters.network(), layer);
    Range biases = Range.biases(parameters.network(), layer);
    Matrix values = parameters.matrix(layer);
    return List.of(
        new InMatrix(weights, 0, values, gradients),
        new InMatrix(biases, weights.count(), values, gradients));
  }

  /** Which parameters these are. */
  Range range();

  /** How many of them to move at once. */
  int copyLength();

  /** Copies {@code count} gradients, from the {@code at}-th on, to their canonical places. */
  void readGradients(int at, int count, float[] canonical);

  /** Hands new values to whatever computes with them. */
  void write(int at, int count, float[] canonical);

  /**
   * Parameters that products use.
   *
   * @param first where they start in both matrices
   */
  record InMatrix(Range range, int first, Matrix values, Matrix gradients)
      implements ParameterGroup {

    @Override
    public int copyLength() {
      return values.copyLength();
    }

    @Override
    public void readGradients(int at, int count, float[] canonical) {
      gradients.read(first + at, canonical, range.offset() + at, count);
    }

    @Override
    public void write(int at, int count, float[] canonical) {
      values.write(first + at, canonical, range.offset() + at, count);
    }
  }

  /** Parameters that are read from the canonical layout itself. */
  final class OnHeap implements ParameterGroup {

    private final Range range;
    private final float[] gradients;

    /** Reads from {@code gradients}, one for each parameter. */
    OnHeap(Range range, float[] gradients) {
      this.range = range;
      this.gradients = gradients;
    }

    @Override
    public Range range() {
      return range;
    }

    @Override
    public int copyLength() {
      return range.count();
    }

    @Override
    public void readGradients(int at, int count, float[] canonical) {
      System.arraycopy(gradients, at, canonical, range.offset() + at, count);
    }

    @Override
    public void write(int at, int count, float[] canonical) {
      // They are there already.
    }
  }
}
