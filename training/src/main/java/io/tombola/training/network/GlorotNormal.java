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
    for (int l = 0; l < network.layers().size(); l++) {
      PrunableLayer layer = network.layers().get(l);
      double deviation = StrictMath.sqrt(2.0 / (layer.fanIn() + layer.fanOut()));
      int offset = network.weightOffset(l);
      for (int i = 0; i < layer.weightCount(); i++) {
        values[offset + i] = (float) (deviation * stream.nextGaussian());
      }
    }
    for (Layer stage : network.stages()) {
      if (stage instanceof Layer.BatchNorm norm) {
        int channels = norm.channels();
        Arrays.fill(values, norm.offset(), norm.offset() + channels, 1f);
        Arrays.fill(values, norm.offset() + 3 * channels, norm.offset() + 4 * channels, 1f);
      }
    }
    return Weights.of(network, values);
  }
}
