package io.tombola.training.engine.sparse;

import io.tombola.training.data.ImageShape;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.seed.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A network with its surviving weights: outputs, loss and gradients of one batch at a time. Not
 * thread-safe.
 */
final class SparseNetwork {

  private final Network network;
  private final Mask mask;
  private final Kernels kernels;
  private final int width;
  private final BatchInput images;
  private final List<LaneStep> steps = new ArrayList<>();
  private final List<SparseLinearStep> layers = new ArrayList<>();
  private final CompactLayout layout;
  private final LaneSoftmax softmax;

  /**
   * A network.
   *
   * @param width lanes of a row, at least the examples of a batch
   * @param pixelValues what the pixels of its examples are, by channel and byte
   */
  SparseNetwork(Network network, Mask mask, Kernels kernels, int width, float[] pixelValues) {
    this.network = network;
    this.mask = mask;
    this.kernels = kernels;
    this.width = width;
    LaneTensor first = firstImage();
    images = new BatchInput(kernels, first, pixelValues);
    addSteps(first);
    layout = new CompactLayout(network, layers.stream().map(SparseLinearStep::survivors).toList());
    layers.forEach(layer -> layer.settle(layout));
    softmax = new LaneSoftmax(network.outputs(), width);
  }

  /** Where the examples go. A dense layer reads only what surviving weights multiply. */
  private LaneTensor firstImage() {
    for (Layer stage : network.stages()) {
      if (stage instanceof Layer.Dense dense) {
        int units = dense.units();
        int[] used = mask.bits(0).stream().map(index -> index / units).distinct().toArray();
        return new LaneTensor(network.input(), used, width);
      } else if (stage instanceof Layer.Convolution || stage instanceof Layer.MaxPool) {
        break;
      }
    }
    return new LaneTensor(network.input(), borderFor(0), width);
  }

  private void addSteps(LaneTensor first) {
    LaneTensor input = first;
    Optional<LaneTensor> below = Optional.empty();
    for (int s = 0; s < network.stages().size(); s++) {
      Layer stage = network.stages().get(s);
      if (stage instanceof Layer.Relu) {
        continue;
      }
      LaneStep step = step(s, stage, input, below);
      steps.add(step);
      input = step.output();
      // Nothing needs gradients by what lies before the first layer.
      below = layers.isEmpty() ? Optional.empty() : Optional.of(step.gradient());
    }
  }

  private LaneStep step(int s, Layer stage, LaneTensor input, Optional<LaneTensor> below) {
    if (stage instanceof Layer.Dropout dropout) {
      return new DropoutStep(dropout, kernels, input, below.orElse(input));
    }
    boolean rectified =
        s + 1 < network.stages().size() && network.stages().get(s + 1) instanceof Layer.Relu;
    ImageShape shape = stage.output();
    LaneTensor output = new LaneTensor(shape, borderFor(s + 1), width);
    LaneTensor gradient = new LaneTensor(shape, borderOf(stage), width);
    if (stage instanceof Layer.MaxPool pool) {
      return new PoolStep(pool, kernels, input, output, gradient, below);
    }
    SparseLinearStep.Plan plan =
        new SparseLinearStep.Plan(kernels, input, output, gradient, below, rectified);
    SparseLinearStep layer;
    if (stage instanceof Layer.Dense dense) {
      layer = SparseLinearStep.dense(dense, network, mask.bits(dense.layer()), plan);
    } else if (stage instanceof Layer.Convolution conv) {
      layer = SparseLinearStep.convolution(conv, network, mask.bits(conv.layer()), plan);
    } else {
      throw new IllegalArgumentException("expected a stage without statistics, found " + stage);
    }
    layers.add(layer);
    return layer;
  }

  /** The border that what goes into the first of the stages from {@code s} on needs. */
  private int borderFor(int s) {
    return network.stages().stream()
        .skip(s)
        .filter(stage -> !(stage instanceof Layer.Relu || stage instanceof Layer.Dropout))
        .findFirst()
        .map(SparseNetwork::borderOf)
        .orElse(0);
  }

  private static int borderOf(Layer stage) {
    return stage instanceof Layer.Convolution conv ? conv.kernel() / 2 : 0;
  }

  /** Where parameters are in the arrays that all methods take. */
  CompactLayout layout() {
    return layout;
  }

  /** The examples, to be gathered before all that follows. */
  BatchInput images() {
    return images;
  }

  /** Computes the outputs of a trained network. */
  void infer(float[] parameters) {
    for (int s = 0; s < steps.size(); s++) {
      steps.get(s).infer(parameters);
    }
  }

  /**
   * Computes the outputs of a network in training.
   *
   * @param streams what a dropout draws from, by its index in the network
   */
  void train(float[] parameters, int examples, IntFunction<RandomStream> streams) {
    for (int s = 0; s < steps.size(); s++) {
      steps.get(s).train(parameters, examples, streams);
    }
  }

  /** The sum of the cross entropies of the examples whose outputs were computed last, in nats. */
  double loss(int[] labels, int examples) {
    return softmax.loss(last().output().values(), labels, examples);
  }

  /** How many of them are classified correctly. */
  int correct(int[] labels, int examples) {
    return softmax.correct(last().output().values(), labels, examples);
  }

  private LaneStep last() {
    return steps.get(steps.size() - 1);
  }

  /** After {@link #train} and {@link #loss}: the gradients of the mean loss. */
  void gradients(float[] parameters, int[] labels, int examples, float[] gradients) {
    softmax.gradient(labels, examples, last().gradient().values());
    // Nothing before the first layer has gradients that matter.
    int first = steps.indexOf(layers.get(0));
    for (int s = steps.size() - 1; s >= first; s--) {
      steps.get(s).back(parameters, gradients);
    }
  }

  /**
   * The first layer, from input to output, with a number that is not finite among its parameters or
   * in what it put out last for the first {@code examples}; empty if there is none.
   */
  Optional<String> brokenLayer(float[] parameters, int examples) {
    return IntStream.range(0, layers.size())
        .filter(l -> !layers.get(l).finite(parameters, examples))
        .mapToObj(l -> network.layers().get(l).name())
        .findFirst();
  }
}
