package io.tombola.training.engine.dense;

import io.tombola.training.network.Layer;
import io.tombola.training.seed.RandomStream;
import java.util.Optional;
import java.util.function.IntFunction;

/** Dropout forth and back, in place: values and gradients are multiplied by the same factors. */
final class DropoutPass implements LayerForward {

  private final Layer.Dropout layer;
  private final float[] factors;

  DropoutPass(Layer.Dropout layer, int examples) {
    this.layer = layer;
    factors = new float[examples * layer.input().values()];
  }

  @Override
  public Activations infer(Activations input) {
    return input;
  }

  @Override
  public Activations train(Activations input, IntFunction<RandomStream> dropouts) {
    RandomStream stream = dropouts.apply(layer.index());
    float kept = (float) (1 / (1 - layer.rate()));
    for (int i = 0; i < factors.length; i++) {
      factors[i] = stream.nextDouble() < layer.rate() ? 0 : kept;
    }
    Elementwise.multiply(input.array(), factors);
    input.changed();
    return input;
  }

  private void back(Activations gradient, Optional<Activations> below) {
    Elementwise.multiply(gradient.array(), factors);
    gradient.changed();
  }

  @Override
  public boolean inPlace() {
    return true;
  }

  @Override
  public Layer.Dropout layer() {
    return layer;
  }

  @Override
  public LayerBackward backward() {
    return this::back;
  }
}
