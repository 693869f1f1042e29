package io.tombola.training.saliency;

import io.tombola.training.data.ImageShape;
import io.tombola.training.network.GlorotNormal;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Networks;
import io.tombola.training.seed.RandomStream;
import io.tombola.training.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Networks with every kind of layer, and random parameters and examples for them. */
final class RandomNetworks {

  static final Network EVERYTHING =
      Networks.of(
          "conv 3, batch-norm, conv 4 1, max-pool 2, conv 3 5, dense 6, batch-norm, dropout 0.5,"
              + " dense 3",
          new ImageShape(5, 7, 2),
          3);

  private RandomNetworks() {}

  /** Every parameter random; running variances positive. */
  static double[] parameters(Network network) {
    RandomStream stream = stream("parameters");
    double[] values = homogeneous(network);
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      for (int o = 0; o < network.prunableLayers().get(l).outputs(); o++) {
        values[network.biasOffset(l) + o] = 0.1 * stream.nextGaussian();
      }
    }
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.BatchNorm norm) {
        for (int c = 0; c < norm.channels(); c++) {
          values[norm.offset() + norm.channels() + c] = 0.2 * stream.nextGaussian();
          values[norm.offset() + 2 * norm.channels() + c] = 0.2 * stream.nextGaussian();
        }
      }
    }
    return values;
  }

  /** Random weights, scales and running variances; no biases, shifts or means. */
  static double[] homogeneous(Network network) {
    RandomStream stream = stream("weights");
    float[] drawn = GlorotNormal.draw(network, stream).toArray();
    double[] values = new double[drawn.length];
    Arrays.setAll(values, i -> drawn[i]);
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.BatchNorm norm) {
        for (int c = 0; c < norm.channels(); c++) {
          values[norm.offset() + c] = 0.5 + stream.nextDouble();
          values[norm.offset() + 3 * norm.channels() + c] = 0.5 + stream.nextDouble();
        }
      }
    }
    return values;
  }

  static Batch batch(Network network, int size) {
    RandomStream stream = stream("batch");
    List<double[]> inputs = new ArrayList<>();
    int[] labels = new int[size];
    for (int e = 0; e < size; e++) {
      double[] input = new double[network.inputs()];
      Arrays.setAll(input, i -> stream.nextDouble());
      inputs.add(input);
      labels[e] = stream.nextInt(network.outputs());
    }
    return new Batch(inputs, labels);
  }

  static RandomStream stream(String purpose) {
    return new Seeds(19, 1).stream(purpose);
  }
}
