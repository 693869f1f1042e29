package io.tombola.training.network;

import io.tombola.training.data.ImageShape;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A stack of layers: ReLU after each convolution and dense layer but the last (after its batch
 * normalisation, where it has one), softmax cross entropy after the last. Immutable.
 *
 * <p>The canonical layout of its parameters is, layer after layer, the weights row by row as
 * [rows][outputs], then the biases, then what belongs to a batch normalisation that follows.
 */
public final class Network {

  /** What a layer is for pruning; each kind goes at a rate of its own. */
  public enum Kind {
    /** A convolution. */
    CONV,
    /** A hidden dense layer. */
    DENSE,
    /** The last dense layer. */
    OUTPUT
  }

  /**
   * A layer with weights. They are prunable; its biases never are.
   *
   * @param inputs channels or units that go in
   * @param outputs filters or units
   * @param kernelArea pixels of a convolution's kernel; 1 for a dense layer
   */
  public record PrunableLayer(String name, Kind kind, int inputs, int outputs, int kernelArea) {

    /** Rows of the weights, one for each value that an output is the weighted sum of. */
    public int rows() {
      return inputs * kernelArea;
    }

    /** Values that an output is the weighted sum of; the kernel area included. */
    public int fanIn() {
      return rows();
    }

    /** Values that an input has a part in; the kernel area included. */
    public int fanOut() {
      return outputs * kernelArea;
    }

    /** Prunable weights. */
    public int weightCount() {
      return rows() * outputs;
    }
  }

  private final String name;
  private final ImageShape input;
  private final List<Layer> stages;
  private final List<PrunableLayer> layers;
  private final int[] weightOffsets;
  private final int parameterCount;

  /**
   * Takes what {@link NetworkBuilder} found to fit together.
   *
   * @param name says all of it: equal names are equal networks
   */
  Network(
      String name,
      ImageShape input,
      List<Layer> stages,
      List<PrunableLayer> layers,
      int[] weightOffsets,
      int parameterCount) {
    this.name = name;
    this.input = input;
    this.stages = List.copyOf(stages);
    this.layers = List.copyOf(layers);
    this.weightOffsets = weightOffsets.clone();
    this.parameterCount = parameterCount;
  }

  /** What {@link Networks#parse} makes this network of. */
  public String name() {
    return name;
  }

  /** An example. */
  public ImageShape input() {
    return input;
  }

  /** What is done to an example, first to last. */
  public List<Layer> stages() {
    return stages;
  }

  /** The layers with weights, from input to output. */
  public List<PrunableLayer> layers() {
    return layers;
  }

  /** Values of an example. */
  public int inputs() {
    return input.values();
  }

  /** Outputs of the last layer. */
  public int outputs() {
    return layers.get(layers.size() - 1).outputs();
  }

  /** Where the weights of a layer start in the canonical layout; {@code layer} from 0. */
  public int weightOffset(int layer) {
    return weightOffsets[layer];
  }

  /** Where the biases of a layer start in the canonical layout. */
  public int biasOffset(int layer) {
    return weightOffsets[layer] + layers.get(layer).weightCount();
  }

  /** All parameters: weights, biases, and those of batch normalisations. */
  public int parameterCount() {
    return parameterCount;
  }

  /** Multiplications that one example takes from input to output. */
  public long multiplications() {
    return multiplications(layer -> layers.get(layer).weightCount());
  }

  /**
   * Multiplications that one example takes from input to output with some of the weights.
   *
   * @param weights how many of them each layer, from 0, has
   */
  public long multiplications(IntUnaryOperator weights) {
    return stages.stream()
        .mapToLong(
            stage -> {
              if (stage instanceof Layer.Convolution conv) {
                long pixels = (long) conv.output().height() * conv.output().width();
                return pixels * weights.applyAsInt(conv.layer());
              }
              return stage instanceof Layer.Dense dense ? weights.applyAsInt(dense.layer()) : 0;
            })
        .sum();
  }

  /** Prunable weights of all layers. */
  public int prunableCount() {
    return layers.stream().mapToInt(PrunableLayer::weightCount).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
