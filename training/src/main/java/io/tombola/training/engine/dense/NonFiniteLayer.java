package io.tombola.training.engine.dense;

import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import java.util.List;
import java.util.Optional;

/**
 * Finds the layer in which numbers stop being finite: from input to output, the first one with such
 * a number among its parameters or in its output of the last pass. Layers without a name count as
 * part of the convolution or dense layer before them.
 */
final class NonFiniteLayer {

  private NonFiniteLayer() {}

  /** The layer's name; empty if every number is finite. */
  static Optional<String> find(Parameters parameters, ForwardPass forward) {
    Network network = parameters.network();
    List<LayerForward> steps = forward.steps();
    int weighted = 0;
    for (int s = 0; s < steps.size(); s++) {
      Layer layer = steps.get(s).layer();
      weighted = layer instanceof Layer.Weighted some ? some.index() : weighted;
      boolean finite =
          layer.accept(new FiniteParameters(network, parameters.values()))
              && finite(forward.output(s));
      if (!finite) {
        return Optional.of(network.prunableLayers().get(weighted).name());
      }
    }
    return Optional.empty();
  }

  /** Whether all parameters of a layer are finite. */
  @SuppressWarnings("ArrayRecordComponent")
  private record FiniteParameters(Network network, float[] values)
      implements Layer.Visitor<Boolean> {

    @Override
    public Boolean convolution(Layer.Convolution convolution) {
      return finiteWeights(convolution.index());
    }

    @Override
    public Boolean dense(Layer.Dense dense) {
      return finiteWeights(dense.index());
    }

    private boolean finiteWeights(int index) {
      int end = network.biasOffset(index) + network.prunableLayers().get(index).outputs();
      return finite(values, network.weightOffset(index), end);
    }

    @Override
    public Boolean batchNorm(Layer.BatchNorm norm) {
      return finite(values, norm.offset(), norm.offset() + norm.parameterCount());
    }

    @Override
    public Boolean pool(Layer.Pool pool) {
      return true;
    }

    @Override
    public Boolean dropout(Layer.Dropout dropout) {
      return true;
    }
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
