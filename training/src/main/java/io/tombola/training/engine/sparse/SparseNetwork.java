package io.tombola.training.engine.sparse;

import io.tombola.training.mask.Mask;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.seed.RandomStream;
import java.util.ArrayList;
import java.util.BitSet;
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
    layout =
        new CompactLayout(network, layers.stream().map(SparseLinearStep::sparseWeights).toList());
    layers.forEach(layer -> layer.bindParameters(layout));
    softmax = new LaneSoftmax(network.outputs(), width);
  }

  /** Where the examples go. A dense layer reads only what surviving weights multiply. */
  private LaneTensor firstImage() {
    if (readerFrom(0).orElseThrow() instanceof Layer.Dense dense) {
      int units = dense.units();
      int[] used = mask.bits(0).stream().map(index -> index / units).distinct().toArray();
      return new LaneTensor(network.input(), used, width);
    }
    return new LaneTensor(network.input(), paddingFor(0), width);
  }

  private void addSteps(LaneTensor first) {
    LaneTensor input = first;
    Optional<LaneTensor> below = Optional.empty();
    for (int l = 0; l < network.layers().size(); l++) {
      LaneStep step = network.layers().get(l).accept(new Steps(l, input, below));
      steps.add(step);
      input = step.output();
      // Gradients by the input of the first layer with weights are not needed.
      below = layers.isEmpty() ? Optional.empty() : Optional.of(step.gradient());
    }
  }

  /** The step of a layer. */
  private final class Steps implements Layer.Visitor<LaneStep> {

    private final int at;
    private final LaneTensor input;
    private final Optional<LaneTensor> below;

    /**
     * For one layer.
     *
     * @param at which layer, from 0
     * @param below where the gradient by its input goes; empty where nothing needs it
     */
    Steps(int at, LaneTensor input, Optional<LaneTensor> below) {
      this.at = at;
      this.input = input;
      this.below = below;
    }

    @Override
    public LaneStep convolution(Layer.Convolution layer) {
      BitSet bits = mask.bits(layer.index());
      return add(SparseLinearStep.convolution(layer, network, bits, plan(layer)));
    }

    @Override
    public LaneStep dense(Layer.Dense layer) {
      BitSet bits = mask.bits(layer.index());
      return add(SparseLinearStep.dense(layer, network, bits, plan(layer)));
    }

    private SparseLinearStep add(SparseLinearStep step) {
      layers.add(step);
      return step;
    }

    private SparseLinearStep.Plan plan(Layer layer) {
      return new SparseLinearStep.Plan(kernels, input, output(layer), gradient(layer), below);
    }

    @Override
    public LaneStep pool(Layer.Pool pool) {
      if (pool.kind() != Layer.Pool.Kind.MAX) {
        throw unsupported(pool);
      }
      return new PoolStep(pool, kernels, input, output(pool), gradient(pool), below);
    }

    @Override
    public LaneStep dropout(Layer.Dropout dropout) {
      return new DropoutStep(dropout, kernels, input, below.orElse(input));
    }

    @Override
    public LaneStep batchNorm(Layer.BatchNorm norm) {
      throw unsupported(norm);
    }

    private IllegalArgumentException unsupported(Layer layer) {
      return new IllegalArgumentException(
          "expected a layer that the sparse engine can train, found " + layer);
    }

    private LaneTensor output(Layer layer) {
      return new LaneTensor(layer.output(), paddingFor(at + 1), width);
    }

    private LaneTensor gradient(Layer layer) {
      return new LaneTensor(layer.output(), layer.padding(), width);
    }
  }

  /** The border of zeros that the first reader from this layer on needs around its input. */
  private int paddingFor(int layer) {
    return readerFrom(layer).map(Layer::padding).orElse(0);
  }

  /** The first of the layers from this one on that does not overwrite its input. */
  private Optional<Layer> readerFrom(int layer) {
    return network.layers().stream()
        .skip(layer)
        .filter(next -> !(next instanceof Layer.Dropout))
        .findFirst();
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
        .mapToObj(l -> network.prunableLayers().get(l).name())
        .findFirst();
  }
}
