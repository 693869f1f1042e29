package io.tombola.training.saliency;

import io.tombola.training.network.Network;

/**
 * A layer that is linear in its input and in its weights. Derivatives follow from the product rule,
 * so that a kind of layer only defines how it multiplies.
 */
abstract class WeightedOperator implements Operator {

  /** Where the weights start in the canonical layout; each row has one for each output channel. */
  final int weights;

  /** Filters or units. */
  final int outputs;

  private final int biases;
  private final int inputSize;
  private final int outputSize;

  WeightedOperator(Network network, int layer, int inputSize, int outputSize) {
    this.weights = network.weightOffset(layer);
    this.biases = network.biasOffset(layer);
    this.outputs = network.prunableLayers().get(layer).outputs();
    this.inputSize = inputSize;
    this.outputSize = outputSize;
  }

  /** Adds weights times x to y. */
  abstract void multiply(double[] parameters, double[] x, double[] y);

  /** Adds the transposed weights times y to x. */
  abstract void multiplyTransposed(double[] parameters, double[] y, double[] x);

  /** Adds to each weight's gradient what its x and its y make. */
  abstract void multiplyOuter(double[] x, double[] y, double[] gradient);

  @Override
  public final Dual forward(Dual parameters, Dual input) {
    Dual output = parameters.zeros(outputSize);
    addBiases(parameters.value, output.value);
    multiply(parameters.value, input.value, output.value);
    if (output.hasTangent()) {
      addBiases(parameters.tangent, output.tangent);
      multiply(parameters.value, input.tangent, output.tangent);
      multiply(parameters.tangent, input.value, output.tangent);
    }
    return output;
  }

  @Override
  public final Dual backward(Dual parameters, Dual input, Dual byOutput) {
    Dual byInput = parameters.zeros(inputSize);
    multiplyTransposed(parameters.value, byOutput.value, byInput.value);
    if (byInput.hasTangent()) {
      multiplyTransposed(parameters.value, byOutput.tangent, byInput.tangent);
      multiplyTransposed(parameters.tangent, byOutput.value, byInput.tangent);
    }
    return byInput;
  }

  @Override
  public final void addGradient(Dual input, Dual byOutput, Dual gradient) {
    addBiasGradient(byOutput.value, gradient.value);
    multiplyOuter(input.value, byOutput.value, gradient.value);
    if (gradient.hasTangent()) {
      addBiasGradient(byOutput.tangent, gradient.tangent);
      multiplyOuter(input.tangent, byOutput.value, gradient.tangent);
      multiplyOuter(input.value, byOutput.tangent, gradient.tangent);
    }
  }

  private void addBiases(double[] parameters, double[] y) {
    for (int at = 0; at < y.length; at += outputs) {
      addScaled(1, parameters, biases, y, at, outputs);
    }
  }

  private void addBiasGradient(double[] y, double[] gradient) {
    for (int at = 0; at < y.length; at += outputs) {
      addScaled(1, y, at, gradient, biases, outputs);
    }
  }

  /** Adds {@code scale * from} to {@code to}; the loop that the JIT compiler makes vectors of. */
  static void addScaled(double scale, double[] from, int f, double[] to, int t, int count) {
    for (int i = 0; i < count; i++) {
      to[t + i] += scale * from[f + i];
    }
  }
}
