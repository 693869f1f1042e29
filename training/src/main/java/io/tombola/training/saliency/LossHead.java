package io.tombola.training.saliency;

import java.util.Arrays;

/** What is differentiated, as a function of a network's outputs for one example. */
@FunctionalInterface
interface LossHead {

  /** The derivatives by the outputs. */
  Dual derivatives(Dual outputs);

  /** The sum of the outputs. */
  static LossHead sum() {
    return outputs -> {
      Dual ones = outputs.zeros(outputs.size());
      Arrays.fill(ones.value, 1);
      return ones;
    };
  }

  /** Softmax cross entropy with one class, times {@code share}. */
  static LossHead crossEntropy(int label, double share) {
    return outputs -> {
      double[] softmax = softmax(outputs.value);
      Dual by = outputs.zeros(outputs.size());
      double mean = 0;
      for (int o = 0; o < softmax.length; o++) {
        by.value[o] = share * (softmax[o] - (o == label ? 1 : 0));
        mean += outputs.hasTangent() ? softmax[o] * outputs.tangent[o] : 0;
      }
      for (int o = 0; o < by.tangent.length; o++) {
        by.tangent[o] = share * softmax[o] * (outputs.tangent[o] - mean);
      }
      return by;
    };
  }

  /** Softmax cross entropy of these outputs with one class. */
  static double loss(double[] outputs, int label) {
    double largest = Arrays.stream(outputs).max().orElseThrow();
    double sum = Arrays.stream(outputs).map(output -> StrictMath.exp(output - largest)).sum();
    return StrictMath.log(sum) + largest - outputs[label];
  }

  private static double[] softmax(double[] outputs) {
    double largest = Arrays.stream(outputs).max().orElseThrow();
    double[] softmax =
        Arrays.stream(outputs).map(output -> StrictMath.exp(output - largest)).toArray();
    double sum = Arrays.stream(softmax).sum();
    return Arrays.stream(softmax).map(part -> part / sum).toArray();
  }
}
