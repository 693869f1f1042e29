package io.tombola.training.network;

import java.util.List;

/**
 * A stack of dense layers: ReLU after each but the last, softmax cross entropy after the last.
 *
 * <p>The canonical layout of its parameters is, layer after layer, the weights row by row as
 * [fanIn][fanOut], then the biases.
 *
 * @param name the preset's name
 * @param layers from input to output, at least one
 */
public record Network(String name, List<Layer> layers) {

  /** What a layer is for pruning; the output layer goes at a rate of its own. */
  public enum Kind {
    /** A hidden dense layer. */
    DENSE,
    /** The last dense layer. */
    OUTPUT
  }

  /**
   * One dense layer. Its weights are prunable; its biases never are.
   *
   * @param fanIn inputs
   * @param fanOut outputs
   */
  public record Layer(String name, int fanIn, int fanOut, Kind kind) {

    /** Prunable weights. */
    public int weightCount() {
      return fanIn * fanOut;
    }

    /** Weights and biases. */
    public int parameterCount() {
      return weightCount() + fanOut;
    }
  }

  /** Keeps an immutable copy and checks that the layers fit together. */
  public Network {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("expected at least one layer, found none");
    }
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i).fanIn() != layers.get(i - 1).fanOut()) {
        throw new IllegalArgumentException(
            "layer " + layers.get(i).name() + " does not fit the one before it");
      }
    }
  }

  /** Inputs of the first layer. */
  public int inputs() {
    return layers.get(0).fanIn();
  }

  /** Outputs of the last layer. */
  public int outputs() {
    return layers.get(layers.size() - 1).fanOut();
  }

  /** Where the weights of a layer start in the canonical layout; {@code layer} from 0. */
  public int weightOffset(int layer) {
    return layers.stream().limit(layer).mapToInt(Layer::parameterCount).sum();
  }

  /** Where the biases of a layer start in the canonical layout. */
  public int biasOffset(int layer) {
    return weightOffset(layer) + layers.get(layer).weightCount();
  }

  /** Weights and biases of all layers. */
  public int parameterCount() {
    return weightOffset(layers.size());
  }

  /** Prunable weights of all layers. */
  public int prunableCount() {
    return layers.stream().mapToInt(Layer::weightCount).sum();
  }
}
