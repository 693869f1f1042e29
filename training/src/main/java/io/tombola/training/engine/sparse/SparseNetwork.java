package io.tombola.training.engine.sparse;

import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Stage;
import io.tombola.training.seed.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A stack of dense layers with its surviving weights: outputs, loss and gradients of one batch at a
 * time. Not thread-safe.
 */
final class SparseNetwork {

  private final Network network;
  private final int width;
  private final CompactLayout layout;
  private final List<SparseLayer> layers = new ArrayList<>();
  // What is dropped from the input of each layer.
  private final List<List<LaneDropout>> dropouts = new ArrayList<>();
  private final int[] usedInputs;
  private final Images images;
  private final LaneSoftmax softmax;

  /**
   * A network.
   *
   * @param width lanes of a row, at least the examples of a batch
   */
  SparseNetwork(Network network, Mask mask, Kernels kernels, int width) {
    this.network = network;
    this.width = width;
    int count = network.layers().size();
    List<Survivors> survivors =
        IntStream.range(0, count).mapToObj(l -> new Survivors(network, mask, l, width)).toList();
    layout = new CompactLayout(network, survivors);
    for (int l = 0; l < count; l++) {
      layers.add(
          new SparseLayer(
              kernels,
              survivors.get(l),
              layout.weights(l),
              layout.biases(l),
              l < count - 1,
              width));
    }
    usedInputs = survivors.get(0).usedInputs;
    images = new Images(kernels, usedInputs, network.inputs(), network.input().channels(), width);
    softmax = new LaneSoftmax(network.outputs(), width);
    addDropouts();
  }

  private void addDropouts() {
    layers.forEach(layer -> dropouts.add(new ArrayList<>()));
    int layer = 0;
    for (Stage stage : network.stages()) {
      if (stage instanceof Stage.Dense) {
        layer++;
      } else if (stage instanceof Stage.Dropout dropout) {
        int[] rowOf = IntStream.range(0, dropout.input().values()).toArray();
        int rows = layer == 0 ? usedInputs.length : rowOf.length;
        if (layer == 0) {
          Arrays.fill(rowOf, -1);
          IntStream.range(0, rows).forEach(r -> rowOf[usedInputs[r]] = r);
        }
        dropouts.get(layer).add(new LaneDropout(dropout, rowOf, rows, width));
      }
    }
  }

  /** Where parameters are in the arrays that all methods take. */
  CompactLayout layout() {
    return layout;
  }

  /** The examples, to be gathered before all that follows. */
  Images images() {
    return images;
  }

  /** Computes the outputs of a trained network. */
  void infer(float[] parameters) {
    float[] values = images.values();
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).forward(parameters, values);
      values = layers.get(l).output();
    }
  }

  /**
   * Computes the outputs of a network in training.
   *
   * @param streams what a dropout draws from, by its index in the network
   */
  void train(float[] parameters, int examples, IntFunction<RandomStream> streams) {
    float[] values = images.values();
    for (int l = 0; l < layers.size(); l++) {
      List<LaneDropout> some = dropouts.get(l);
      for (int d = 0; d < some.size(); d++) {
        some.get(d).drop(streams.apply(some.get(d).index()), examples, values);
      }
      layers.get(l).forward(parameters, values);
      values = layers.get(l).output();
    }
  }

  /** The sum of the cross entropies of the examples whose outputs were computed last, in nats. */
  double loss(int[] labels, int examples) {
    return softmax.loss(logits(), labels, examples);
  }

  /** How many of them are classified correctly. */
  int correct(int[] labels, int examples) {
    return softmax.correct(logits(), labels, examples);
  }

  private float[] logits() {
    return layers.get(layers.size() - 1).output();
  }

  /** After {@link #train} and {@link #loss}: the gradients of the mean loss. */
  void gradients(float[] parameters, int[] labels, int examples, float[] gradients) {
    softmax.gradient(labels, examples, layers.get(layers.size() - 1).outputGradient());
    for (int l = layers.size() - 1; l >= 0; l--) {
      SparseLayer layer = layers.get(l);
      layer.passRectifier();
      layer.gradients(l == 0 ? images.values() : layers.get(l - 1).output(), gradients);
      if (l > 0) {
        float[] below = layers.get(l - 1).outputGradient();
        layer.inputGradients(parameters, below);
        List<LaneDropout> some = dropouts.get(l);
        for (int d = some.size() - 1; d >= 0; d--) {
          some.get(d).back(below);
        }
      }
    }
  }

  /**
   * The first layer, from input to output, with a number that is not finite among its parameters or
   * in what it put out last for the first {@code examples}; empty if there is none.
   */
  Optional<String> brokenLayer(float[] parameters, int examples) {
    for (int l = 0; l < layers.size(); l++) {
      SparseLayer layer = layers.get(l);
      if (!finite(parameters, layer.weights())
          || !finite(parameters, layer.biases())
          || !Lanes.finite(layer.output(), width, examples)) {
        return Optional.of(network.layers().get(l).name());
      }
    }
    return Optional.empty();
  }

  private static boolean finite(float[] parameters, CompactLayout.Range range) {
    for (int i = range.at(); i < range.end(); i++) {
      if (!Float.isFinite(parameters[i])) {
        return false;
      }
    }
    return true;
  }
}
