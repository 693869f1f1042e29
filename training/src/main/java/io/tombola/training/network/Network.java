package io.tombola.training.network;

import io.tombola.training.data.ImageShape;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A sequence of layers: a ReLU after each convolution and dense layer but the last (after its batch
 * normalisation, where it has one), softmax cross entropy after the last. Immutable.
 *
 * <p>The canonical layout of its parameters is, layer after layer, the weights row by row as
 * [rows][outputs], then the biases, then what belongs to a batch normalisation that follows.
 */
public final class Network {

  /** What a layer is for pruning; each kind has a pruning rate. */
  public enum Kind {
    /** A convolution. */
    CONV,
    /** A hidden dense layer. */
    DENSE,
    /** The last dense layer. */
    OUTPUT
  }

  /**
   * The weights of a {@link Layer.Weighted}, [rows][outputs]. They are prunable; biases never are.
   *
   * @param inputs input channels or values
   * @param outputs filters or units
   * @param kernelArea pixels of a convolution's kernel; 1 for a dense layer
   */
  public record PrunableLayer(String name, Kind kind, int inputs, int outputs, int kernelArea) {

    /** Rows of the weights, one for each value that an output is a weighted sum of. */
    public int rows() {
      return inputs * kernelArea;
    }

    /** Values that an output is a weighted sum of; the kernel area included. */
    public int fanIn() {
      return rows();
    }

    /** Outputs that an input contributes to; the kernel area included. */
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
  private final List<Layer> layers;
  private final List<PrunableLayer> prunableLayers;
  private final int[] weightOffsets;
  private final int parameterCount;

  /**
   * Takes layers that {@link NetworkBuilder} checked.
   *
   * @param name describes the whole network: equal names are equal networks
   */
  Network(
      String name,
      ImageShape input,
      List<Layer> layers,
      List<PrunableLayer> prunableLayers,
      int[] weightOffsets,
      int parameterCount) {
    this.name = name;
    this.input = input;
    this.layers = List.copyOf(layers);
    this.prunableLayers = List.copyOf(prunableLayers);
    this.weightOffsets = weightOffsets.clone();
    this.parameterCount = parameterCount;
  }

  /** The text that {@link Networks#parse} builds this network from. */
  public String name() {
    return name;
  }

  /** The shape of an example. */
  public ImageShape input() {
    return input;
  }

  /** All layers, from input to output. */
  public List<Layer> layers() {
    return layers;
  }

  /** The weights of the layers that have some, from input to output. */
  public List<PrunableLayer> prunableLayers() {
    return prunableLayers;
  }

  /** Values of an example. */
  public int inputs() {
    return input.values();
  }

  /** Outputs of the last layer. */
  public int outputs() {
    return prunableLayers.get(prunableLayers.size() - 1).outputs();
  }

  /** Where the weights of a prunable layer, from 0, start in the canonical layout. */
  public int weightOffset(int layer) {
    return weightOffsets[layer];
  }

  /** Where the biases of a prunable layer, from 0, start in the canonical layout. */
  public int biasOffset(int layer) {
    return weightOffsets[layer] + prunableLayers.get(layer).weightCount();
  }

  /** All parameters: weights, biases, and those of batch normalisations. */
  public int parameterCount() {
    return parameterCount;
  }

  /** Multiplications that one example takes from input to output. */
  public long multiplications() {
    return multiplications(layer -> prunableLayers.get(layer).weightCount());
  }

  /**
   * Multiplications that one example takes from input to output with some of the weights.
   *
   * @param weights how many of them each prunable layer, from 0, has
   */
  public long multiplications(IntUnaryOperator weights) {
    return layers.stream()
        .filter(Layer.Weighted.class::isInstance)
        .map(Layer.Weighted.class::cast)
        .mapToLong(layer -> layer.multiplicationsPerWeight() * weights.applyAsInt(layer.index()))
        .sum();
  }

  /** How many prunable weights all layers have. */
  public int prunableCount() {
    return prunableLayers.stream().mapToInt(PrunableLayer::weightCount).sum();
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
