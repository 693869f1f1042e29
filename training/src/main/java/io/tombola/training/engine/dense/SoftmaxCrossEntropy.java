package io.tombola.training.engine.dense;

import io.tombola.training.engine.SubnormalFlush;

/**
 * Softmax cross entropy of logits, row-major [rows][classes]. Sums run from the first class to the
 * last, in double precision, on StrictMath: the same bits on every machine. Not thread-safe.
 */
final class SoftmaxCrossEntropy {

  private final int classes;
  private final double[] exponentials;

  SoftmaxCrossEntropy(int classes) {
    this.classes = classes;
    this.exponentials = new double[classes];
  }

  /** The cross entropy of one row in nats. */
  double loss(float[] logits, int row, int label) {
    int start = row * classes;
    float max = logits[start + argMax(logits, row)];
    return StrictMath.log(exponentiate(logits, start, max)) + max - logits[start + label];
  }

  /**
   * The cross entropy of one row, and into the same row of {@code gradient} its derivative by the
   * logits times {@code scale}, flushed.
   */
  double lossAndGradient(float[] logits, float[] gradient, int row, int label, double scale) {
    int start = row * classes;
    float max = logits[start + argMax(logits, row)];
    double sum = exponentiate(logits, start, max);
    for (int c = 0; c < classes; c++) {
      double target = c == label ? 1 : 0;
      double derivative = (exponentials[c] / sum - target) * scale;
      gradient[start + c] = (float) SubnormalFlush.derivative(derivative);
    }
    return StrictMath.log(sum) + max - logits[start + label];
  }

  /** The class of the largest logit of a row, the first on ties. */
  int argMax(float[] logits, int row) {
    int start = row * classes;
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[start + c] > logits[start + best]) {
        best = c;
      }
    }
    return best;
  }

  private double exponentiate(float[] logits, int start, float max) {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double exponential = StrictMath.exp((double) logits[start + c] - max);
      exponentials[c] = exponential;
      sum += exponential;
    }
    return sum;
  }
}
