package io.tombola.training.engine.dense.dl4j;

import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.PrunableLayer;
import io.tombola.training.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where each parameter of a network is in DL4J's network of the same {@link Dl4jConfiguration}.
 * DL4J puts channels before rows and columns: convolutions are [filter][channel][row][column], and
 * images reach the first dense layer channel by channel.
 */
final class Dl4jParameters {

  /** One of DL4J's parameter arrays. */
  static final class Parameter {

    private final int layer;
    private final String key;
    private final long[] shape;
    // By element, the last dimension running fastest: where its value is in the canonical layout.
    private final int[] canonical;

    private Parameter(int layer, String key, long[] shape, int[] canonical) {
      this.layer = layer;
      this.key = key;
      this.shape = shape;
      this.canonical = canonical;
    }

    /** DL4J's layer, from 0. */
    int layer() {
      return layer;
    }

    /** DL4J's name for it in that layer. */
    String key() {
      return key;
    }

    /** DL4J's name for the gradient by it. */
    String gradientKey() {
      return layer + "_" + key;
    }

    /** Copies the values of DL4J's array to their places. */
    void read(INDArray from, float[] into) {
      float[] values = from.dup('c').data().asFloat();
      for (int i = 0; i < canonical.length; i++) {
        into[canonical[i]] = values[i];
      }
    }

    private void write(float[] from, MultiLayerNetwork into) {
      float[] values = new float[canonical.length];
      for (int i = 0; i < canonical.length; i++) {
        values[i] = from[canonical[i]];
      }
      into.getLayer(layer).getParam(key).assign(Nd4j.create(values, shape, 'c'));
    }
  }

  private final Network network;
  private final List<Parameter> parameters = new ArrayList<>();

  Dl4jParameters(Network network) {
    this.network = network;
    List<Integer> firstOf = Dl4jConfiguration.plan(network).firstOf();
    for (int l = 0; l < firstOf.size(); l++) {
      parameters.addAll(network.layers().get(l).accept(new Places(firstOf.get(l))));
    }
  }

  /** DL4J's network with these weights, ready to use or to train as {@code training} says. */
  static MultiLayerNetwork networkOf(Weights weights, TrainingSpec training) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(Dl4jConfiguration.of(weights.network(), training));
    network.init();
    new Dl4jParameters(weights.network()).write(weights, network);
    return network;
  }

  /** All of DL4J's parameter arrays; together they have every parameter once. */
  List<Parameter> all() {
    return List.copyOf(parameters);
  }

  /** Sets all parameters of DL4J's network, which is initialised. */
  void write(Weights weights, MultiLayerNetwork into) {
    if (!weights.network().equals(network)) {
      throw new IllegalArgumentException(
          "expected weights of %s, found %s".formatted(network.name(), weights.network().name()));
    }
    float[] values = weights.toArray();
    parameters.forEach(parameter -> parameter.write(values, into));
  }

  /** The parameter arrays of a layer. */
  private final class Places implements Layer.Visitor<List<Parameter>> {

    private final int dl4jLayer;

    Places(int dl4jLayer) {
      this.dl4jLayer = dl4jLayer;
    }

    @Override
    public List<Parameter> convolution(Layer.Convolution convolution) {
      return List.of(kernels(convolution), biases(convolution));
    }

    private Parameter kernels(Layer.Convolution convolution) {
      PrunableLayer layer = network.prunableLayers().get(convolution.index());
      int offset = network.weightOffset(convolution.index());
      int[] canonical = new int[layer.weightCount()];
      int at = 0;
      for (int filter = 0; filter < layer.outputs(); filter++) {
        for (int channel = 0; channel < layer.inputs(); channel++) {
          for (int pixel = 0; pixel < layer.kernelArea(); pixel++) {
            int row = pixel * layer.inputs() + channel;
            canonical[at++] = offset + row * layer.outputs() + filter;
          }
        }
      }
      int edge = convolution.kernel();
      long[] shape = {layer.outputs(), layer.inputs(), edge, edge};
      return new Parameter(dl4jLayer, "W", shape, canonical);
    }

    @Override
    public List<Parameter> dense(Layer.Dense dense) {
      return List.of(weights(dense), biases(dense));
    }

    private Parameter weights(Layer.Dense dense) {
      PrunableLayer layer = network.prunableLayers().get(dense.index());
      int offset = network.weightOffset(dense.index());
      int[] canonical = new int[layer.weightCount()];
      int at = 0;
      for (int row : inputOrder(dense.input())) {
        for (int unit = 0; unit < layer.outputs(); unit++) {
          canonical[at++] = offset + row * layer.outputs() + unit;
        }
      }
      return new Parameter(dl4jLayer, "W", new long[] {layer.rows(), layer.outputs()}, canonical);
    }

    /** Our index of each input of a dense layer, in DL4J's order. */
    private int[] inputOrder(ImageShape input) {
      if (!Dl4jConfiguration.takesImages(network)) {
        return IntStream.range(0, input.values()).toArray();
      }
      int pixels = input.height() * input.width();
      int[] order = new int[input.values()];
      for (int i = 0; i < order.length; i++) {
        order[i] = i % pixels * input.channels() + i / pixels;
      }
      return order;
    }

    private Parameter biases(Layer.Weighted layer) {
      return row("b", network.biasOffset(layer.index()), layer.output().channels());
    }

    @Override
    public List<Parameter> batchNorm(Layer.BatchNorm norm) {
      List<Parameter> places = new ArrayList<>();
      int at = norm.offset();
      for (String key : List.of("gamma", "beta", "mean", "var")) {
        places.add(row(key, at, norm.channels()));
        at += norm.channels();
      }
      return places;
    }

    @Override
    public List<Parameter> pool(Layer.Pool pool) {
      return List.of();
    }

    @Override
    public List<Parameter> dropout(Layer.Dropout dropout) {
      return List.of();
    }

    private Parameter row(String key, int offset, int count) {
      int[] canonical = IntStream.range(offset, offset + count).toArray();
      return new Parameter(dl4jLayer, key, new long[] {1, count}, canonical);
    }
  }
}
