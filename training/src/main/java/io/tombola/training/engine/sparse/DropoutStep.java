package io.tombola.training.engine.sparse;

import io.tombola.training.network.Layer;
import io.tombola.training.seed.RandomStream;
import java.util.function.IntFunction;

/** Dropout forth and back, in place: values and gradients are multiplied by the same factors. */
final class DropoutStep implements LaneStep {

  private final Layer.Dropout layer;
  private final Kernels kernels;
  private final LaneTensor values;
  private final LaneTensor gradient;
  private final float[] factors;

  /**
   * A dropout.
   *
   * @param values what it drops from
   * @param gradient the gradient by them
   */
  DropoutStep(Layer.Dropout layer, Kernels kernels, LaneTensor values, LaneTensor gradient) {
    this.layer = layer;
    this.kernels = kernels;
    this.values = values;
    this.gradient = gradient;
    factors = Lanes.zeros(values.shape().values(), values.width());
  }

  @Override
  public LaneTensor output() {
    return values;
  }

  @Override
  public LaneTensor gradient() {
    return gradient;
  }

  @Override
  public void infer(float[] parameters) {
    // A trained network drops nothing.
  }

  @Override
  public void train(float[] parameters, int examples, IntFunction<RandomStream> streams) {
    RandomStream stream = streams.apply(layer.index());
    float kept = (float) (1 / (1 - layer.rate()));
    for (int e = 0; e < examples; e++) {
      for (int v = 0; v < values.shape().values(); v++) {
        float factor = stream.nextDouble() < layer.rate() ? 0 : kept;
        factors[Lanes.START + v * values.width() + e] = factor;
      }
    }
    multiply(values);
  }

  @Override
  public void back(float[] parameters, float[] gradients) {
    multiply(gradient);
  }

  private void multiply(LaneTensor image) {
    int width = image.width();
    for (int v = 0; v < image.starts().length; v++) {
      int start = image.starts()[v];
      if (start >= 0) {
        kernels.multiply(image.values(), start, factors, Lanes.START + v * width, width);
      }
    }
  }
}
