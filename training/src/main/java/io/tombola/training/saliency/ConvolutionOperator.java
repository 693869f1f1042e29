package io.tombola.training.saliency;

import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;

/** A convolution on one example. */
final class ConvolutionOperator extends WeightedOperator {

  /** One pixel of the kernel over one pixel of the output. */
  private interface Tap {

    /**
     * Where its channels start in the input and in the output, and its weights in the canonical
     * layout; they are [input channels][outputs].
     */
    void at(int input, int output, int weights);
  }

  private final int height;
  private final int width;
  private final int channels;
  private final int kernel;

  ConvolutionOperator(Network network, Layer.Convolution layer) {
    super(network, layer.index(), layer.input().values(), layer.output().values());
    this.height = layer.input().height();
    this.width = layer.input().width();
    this.channels = layer.input().channels();
    this.kernel = layer.kernel();
  }

  @Override
  void multiply(double[] parameters, double[] x, double[] y) {
    forEachTap(
        (input, output, rows) -> {
          for (int c = 0; c < channels; c++) {
            double scale = x[input + c];
            if (scale != 0) {
              addScaled(scale, parameters, rows + c * outputs, y, output, outputs);
            }
          }
        });
  }

  @Override
  void multiplyTransposed(double[] parameters, double[] y, double[] x) {
    // Transposed first, so that the innermost loop adds vectors, and zeros are left out.
    double[] transposed = transposed(parameters);
    forEachTap(
        (input, output, rows) -> {
          for (int o = 0; o < outputs; o++) {
            double scale = y[output + o];
            if (scale != 0) {
              addScaled(scale, transposed, rows - weights + o * channels, x, input, channels);
            }
          }
        });
  }

  @Override
  void multiplyOuter(double[] x, double[] y, double[] gradient) {
    forEachTap(
        (input, output, rows) -> {
          for (int c = 0; c < channels; c++) {
            double scale = x[input + c];
            if (scale != 0) {
              addScaled(scale, y, output, gradient, rows + c * outputs, outputs);
            }
          }
        });
  }

  private double[] transposed(double[] parameters) {
    double[] transposed = new double[kernel * kernel * channels * outputs];
    for (int k = 0; k < transposed.length; k += channels * outputs) {
      for (int c = 0; c < channels; c++) {
        for (int o = 0; o < outputs; o++) {
          transposed[k + o * channels + c] = parameters[weights + k + c * outputs + o];
        }
      }
    }
    return transposed;
  }

  /** Pixels of padding have no part in anything and are left out. */
  private void forEachTap(Tap tap) {
    int reach = kernel / 2;
    for (int pixel = 0; pixel < height * width; pixel++) {
      int row = pixel / width;
      int column = pixel % width;
      for (int k = 0; k < kernel * kernel; k++) {
        int fromRow = row + k / kernel - reach;
        int fromColumn = column + k % kernel - reach;
        if (fromRow >= 0 && fromRow < height && fromColumn >= 0 && fromColumn < width) {
          tap.at(
              (fromRow * width + fromColumn) * channels,
              pixel * outputs,
              weights + k * channels * outputs);
        }
      }
    }
  }
}
