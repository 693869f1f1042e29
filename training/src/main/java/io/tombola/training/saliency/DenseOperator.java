package io.tombola.training.saliency;

import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;

/** A dense layer on one example. */
final class DenseOperator extends WeightedOperator {

  DenseOperator(Network network, Layer.Dense layer) {
    super(network, layer.index(), layer.input().values(), layer.units());
  }

  @Override
  void multiply(double[] parameters, double[] x, double[] y) {
    for (int i = 0; i < x.length; i++) {
      // Half of what a ReLU lets through is zero.
      if (x[i] != 0) {
        addScaled(x[i], parameters, weights + i * outputs, y, 0, outputs);
      }
    }
  }

  @Override
  void multiplyTransposed(double[] parameters, double[] y, double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] += dot(parameters, weights + i * outputs, y);
    }
  }

  @Override
  void multiplyOuter(double[] x, double[] y, double[] gradient) {
    for (int i = 0; i < x.length; i++) {
      if (x[i] != 0) {
        addScaled(x[i], y, 0, gradient, weights + i * outputs, outputs);
      }
    }
  }

  /** In four sums, which do not wait for each other. */
  private static double dot(double[] row, int from, double[] y) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int o = 0;
    for (; o + 3 < y.length; o += 4) {
      a += row[from + o] * y[o];
      b += row[from + o + 1] * y[o + 1];
      c += row[from + o + 2] * y[o + 2];
      d += row[from + o + 3] * y[o + 3];
    }
    for (; o < y.length; o++) {
      a += row[from + o] * y[o];
    }
    return (a + b) + (c + d);
  }
}
