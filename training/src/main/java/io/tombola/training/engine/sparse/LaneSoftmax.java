package io.tombola.training.engine.sparse;

import io.tombola.training.engine.SubnormalFlush;
import java.util.Arrays;

/**
 * Softmax cross entropy of logits in lanes, [classes][width]. Sums run from the first class to the
 * last, in double precision. Not thread-safe.
 */
final class LaneSoftmax {

  /** So large that another factor, at most the number of classes, cannot make it infinite. */
  private static final double MOST = 1e290;

  private final int classes;
  private final int width;
  private final float[] largest;
  private final double[] sums;
  private final double[] exponentials;

  LaneSoftmax(int classes, int width) {
    this.classes = classes;
    this.width = width;
    largest = new float[width];
    sums = new double[width];
    exponentials = new double[classes * width];
  }

  /** The sum of the first {@code count} lanes' cross entropies, in nats. */
  double loss(float[] logits, int[] labels, int count) {
    exponentiate(logits, count);
    double loss = 0;
    double product = 1;
    for (int e = 0; e < count; e++) {
      loss += (double) largest[e] - logits[row(labels[e]) + e];
      // The logarithm of a product takes as long as that of one factor.
      product *= sums[e];
      if (product > MOST) {
        loss += StrictMath.log(product);
        product = 1;
      }
    }
    return loss + StrictMath.log(product);
  }

  /**
   * After {@link #loss}: sets {@code gradient} to the derivative of the mean cross entropy of the
   * first {@code count} lanes by the logits, flushed, and to 0 in the lanes after them.
   */
  void gradient(int[] labels, int count, float[] gradient) {
    double scale = 1.0 / count;
    for (int e = 0; e < count; e++) {
      sums[e] = scale / sums[e];
    }
    for (int c = 0; c < classes; c++) {
      int row = row(c);
      for (int e = 0; e < count; e++) {
        gradient[row + e] =
            (float) SubnormalFlush.derivative(exponentials[c * width + e] * sums[e]);
      }
      Arrays.fill(gradient, row + count, row + width, 0f);
    }
    for (int e = 0; e < count; e++) {
      int at = labels[e] * width + e;
      gradient[Lanes.START + at] =
          (float) SubnormalFlush.derivative(exponentials[at] * sums[e] - scale);
    }
  }

  /**
   * How many of the first {@code count} lanes have their largest logit, the first on ties, right.
   */
  int correct(float[] logits, int[] labels, int count) {
    int correct = 0;
    for (int e = 0; e < count; e++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (logits[row(c) + e] > logits[row(best) + e]) {
          best = c;
        }
      }
      correct += best == labels[e] ? 1 : 0;
    }
    return correct;
  }

  private void exponentiate(float[] logits, int count) {
    System.arraycopy(logits, Lanes.START, largest, 0, count);
    for (int c = 1; c < classes; c++) {
      int row = row(c);
      for (int e = 0; e < count; e++) {
        largest[e] = Math.max(largest[e], logits[row + e]);
      }
    }
    Arrays.fill(sums, 0);
    for (int c = 0; c < classes; c++) {
      int row = row(c);
      for (int e = 0; e < count; e++) {
        double power = Exponential.of((double) logits[row + e] - largest[e]);
        exponentials[c * width + e] = power;
        sums[e] += power;
      }
    }
  }

  private int row(int c) {
    return Lanes.START + c * width;
  }
}
