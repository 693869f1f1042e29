package io.tombola.training.network;

import io.tombola.training.network.Network.PrunableLayer;
import io.tombola.training.seed.RandomStream;
import java.util.Arrays;

/**
 * Gaussian Glorot initialisation: weights of mean 0 and variance 2 / (fanIn + fanOut), biases 0,
 * batch normalisations that change nothing (Glorot and Bengio 2010; Frankle and Carbin 2019, figure
 * 2).
 */
public final class GlorotNormal {

  private GlorotNormal() {}

  /** Draws weights in the canonical layout's order. */
  public static Weights draw(Network network, RandomStream stream) {
    float[] values = new float[network.parameterCount()];
    for (Layer layer : network.layers()) {
      layer.accept(new Initialisation(network, values, stream));
    }
    return Weights.of(network, values);
  }

  /** Draws the weights of a layer; biases, shifts and means stay 0. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Initialisation(Network network, float[] values, RandomStream stream)
      implements Layer.Visitor<float[]> {

    @Override
    public float[] convolution(Layer.Convolution convolution) {
      return drawWeights(convolution.index());
    }

    @Override
    public float[] dense(Layer.Dense dense) {
      return drawWeights(dense.index());
    }

    private float[] drawWeights(int index) {
      PrunableLayer layer = network.prunableLayers().get(index);
      double deviation = StrictMath.sqrt(2.0 / (layer.fanIn() + layer.fanOut()));
      int offset = network.weightOffset(index);
      for (int i = 0; i < layer.weightCount(); i++) {
        values[offset + i] = (float) (deviation * stream.nextGaussian());
      }
      return values;
    }

    @Override
    public float[] batchNorm(Layer.BatchNorm norm) {
      int channels = norm.channels();
      int variances = norm.offset() + 3 * channels;
      Arrays.fill(values, norm.offset(), norm.offset() + channels, 1f);
      Arrays.fill(values, variances, variances + channels, 1f);
      return values;
    }

    @Override
    public float[] pool(Layer.Pool pool) {
      return values;
    }

    @Override
    public float[] dropout(Layer.Dropout dropout) {
      return values;
    }
  }
}
