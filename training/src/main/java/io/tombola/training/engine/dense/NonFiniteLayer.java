package io.tombola.training.engine.dense;

import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import java.util.List;
import java.util.Optional;

/**
 * Finds the layer in which numbers stop being finite: from input to output, the first one with such
 * a number among its parameters or in what it put out in the last pass. A layer is a convolution or
 * a dense layer with all that follows it up to the next.
 */
final class NonFiniteLayer {

  private NonFiniteLayer() {}

  /** The layer's name; empty if every number is finite. */
  static Optional<String> find(Parameters parameters, ForwardPass forward) {
    Network network = parameters.network();
    List<Forward> steps = forward.steps();
    int layer = 0;
    for (int s = 0; s < steps.size(); s++) {
      Layer stage = steps.get(s).stage();
      layer = layerOf(stage, layer);
      if (!finiteParameters(parameters, stage) || !finite(forward.output(s))) {
        return Optional.of(network.layers().get(layer).name());
      }
    }
    return Optional.empty();
  }

  private static int layerOf(Layer stage, int before) {
    if (stage instanceof Layer.Convolution convolution) {
      return convolution.layer();
    }
    return stage instanceof Layer.Dense dense ? dense.layer() : before;
  }

  private static boolean finiteParameters(Parameters parameters, Layer stage) {
    Network network = parameters.network();
    if (stage instanceof Layer.BatchNorm norm) {
      return finite(parameters.values(), norm.offset(), norm.offset() + 4 * norm.channels());
    }
    if (!(stage instanceof Layer.Convolution) && !(stage instanceof Layer.Dense)) {
      return true;
    }
    int layer = layerOf(stage, 0);
    int end = network.biasOffset(layer) + network.layers().get(layer).outputs();
    return finite(parameters.values(), network.weightOffset(layer), end);
  }

  private static boolean finite(Activations values) {
    return finite(values.array(), 0, values.array().length);
  }

  private static boolean finite(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Float.isFinite(values[i])) {
        return false;
      }
    }
    return true;
  }
}
