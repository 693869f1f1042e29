package io.tombola.training.engine.sparse;

import io.tombola.training.network.Layer;
import java.util.Arrays;
import java.util.Optional;

/** The largest value of each square; its gradient goes to the first that has it. */
final class PoolStep implements LaneStep {

  private final Layer.Pool layer;
  private final Kernels kernels;
  private final LaneTensor input;
  private final LaneTensor output;
  private final LaneTensor gradient;
  private final Optional<LaneTensor> below;
  private final float[] largest;

  PoolStep(
      Layer.Pool layer,
      Kernels kernels,
      LaneTensor input,
      LaneTensor output,
      LaneTensor gradient,
      Optional<LaneTensor> below) {
    this.layer = layer;
    this.kernels = kernels;
    this.input = input;
    this.output = output;
    this.gradient = gradient;
    this.below = below;
    largest = new float[output.pixelLength()];
  }

  /** A pixel of the input: pixel {@code index}, line by line, of the square of an output pixel. */
  private int pixel(int square, int index) {
    int columns = layer.output().width();
    int y = square / columns * layer.size() + index / layer.size();
    int x = square % columns * layer.size() + index % layer.size();
    return y * layer.input().width() + x;
  }

  @Override
  public LaneTensor output() {
    return output;
  }

  @Override
  public LaneTensor gradient() {
    return gradient;
  }

  @Override
  public void infer(float[] parameters) {
    for (int square = 0; square < output.pixels(); square++) {
      int to = Lanes.START + output.shift(square);
      findLargest(square, output.values(), to);
    }
  }

  private void findLargest(int square, float[] into, int at) {
    int length = output.pixelLength();
    int first = Lanes.START + input.shift(pixel(square, 0));
    System.arraycopy(input.values(), first, into, at, length);
    for (int i = 1; i < layer.size() * layer.size(); i++) {
      kernels.raise(into, at, input.values(), Lanes.START + input.shift(pixel(square, i)), length);
    }
  }

  @Override
  public void back(float[] parameters, float[] gradients) {
    below.ifPresent(this::share);
  }

  private void share(LaneTensor image) {
    Arrays.fill(image.values(), 0f);
    int length = output.pixelLength();
    for (int square = 0; square < output.pixels(); square++) {
      // A dropout may have changed the output.
      findLargest(square, largest, 0);
      int left = Lanes.START + gradient.shift(square);
      for (int i = 0; i < layer.size() * layer.size(); i++) {
        int pixel = pixel(square, i);
        kernels.take(
            gradient.values(),
            left,
            largest,
            input.values(),
            Lanes.START + input.shift(pixel),
            image.values(),
            Lanes.START + image.shift(pixel),
            length);
      }
    }
  }
}
