package io.tombola.training.engine;

import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;

/** Parameters that hide no mistake: none is 0 or 1. */
public final class RandomParameters {

  private RandomParameters() {}

  /** Weights by Glorot, everything else random and not 0; variances are positive. */
  public static float[] draw(Network network) {
    RandomStream stream = new Seeds(5, 1).stream("oracle");
    float[] values = GlorotNormal.draw(network, stream).toArray();
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      for (int b = 0; b < network.prunableLayers().get(l).outputs(); b++) {
        values[network.biasOffset(l) + b] = (float) (0.1 * stream.nextGaussian());
      }
    }
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.BatchNorm norm) {
        for (int i = 0; i < 4 * norm.channels(); i++) {
          boolean factor = i / norm.channels() % 3 == 0;
          values[norm.offset() + i] = (float) (stream.nextDouble() + (factor ? 0.5 : -0.5));
        }
      }
    }
    return values;
  }
}
