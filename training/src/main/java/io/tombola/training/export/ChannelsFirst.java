package io.tombola.training.export;

import io.tombola.training.data.ImageShape;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Layer;
import io.tombola.training.network.Network;
import io.tombola.training.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network's parameters in PyTorch's layout, named as in a {@code state_dict} whose modules are
 * the network's layers.
 *
 * <ul>
 *   <li>{@code conv-1.weight}: [filters][channels][kernel rows][kernel columns]
 *   <li>{@code dense-1.weight}, {@code output.weight}: [units][inputs]; what comes from an image is
 *       ordered by channel, row and column, as {@code torch.flatten} gives it
 *   <li>{@code conv-1.bias}, ...: [outputs]
 *   <li>{@code conv-1-batch-norm.weight}, {@code .bias}, {@code .running_mean}, {@code
 *       .running_var}: [channels], for a batch normalisation after {@code conv-1}
 * </ul>
 */
public final class ChannelsFirst {

  private ChannelsFirst() {}

  /** All parameters, from input to output. */
  public static List<Tensor> weights(Weights weights) {
    ParameterTensors tensors = new ParameterTensors(weights);
    return weights.network().layers().stream()
        .flatMap(layer -> layer.accept(tensors).stream())
        .toList();
  }

  /** Which weights survive, under the weights' names; biases are never pruned and have no mask. */
  public static List<Tensor> mask(Mask mask) {
    return mask.network().layers().stream()
        .filter(Layer.Weighted.class::isInstance)
        .map(layer -> bits(mask, layer.accept(new WeightShape())))
        .toList();
  }

  /**
   * The weights of one layer: a dense layer's reach all of its input as a convolution's reach its
   * kernel.
   *
   * @param index which of {@link Network#prunableLayers}
   * @param shape of the tensor
   * @param reach values that an output is a weighted sum of
   */
  private record Prunable(int index, List<Integer> shape, ImageShape reach) {

    /** Where in the canonical weights each value of the tensor comes from. */
    int[] sources() {
      int outputs = shape.get(0);
      int pixels = reach.height() * reach.width();
      int[] sources = new int[outputs * reach.values()];
      int to = 0;
      for (int output = 0; output < outputs; output++) {
        for (int channel = 0; channel < reach.channels(); channel++) {
          for (int pixel = 0; pixel < pixels; pixel++) {
            sources[to++] = (pixel * reach.channels() + channel) * outputs + output;
          }
        }
      }
      return sources;
    }
  }

  private static Tensor vector(String name, float[] values, int from, int count) {
    return Tensor.floats(name, List.of(count), Arrays.copyOfRange(values, from, from + count));
  }

  private static Tensor bits(Mask mask, Prunable prunable) {
    int[] sources = prunable.sources();
    boolean[] kept = new boolean[sources.length];
    for (int i = 0; i < sources.length; i++) {
      kept[i] = mask.keeps(prunable.index(), sources[i]);
    }
    String layer = mask.network().prunableLayers().get(prunable.index()).name();
    return Tensor.bools(layer + ".weight", prunable.shape(), kept);
  }

  /** The shape of a layer's weights; only for layers that have some. */
  private static final class WeightShape implements Layer.Visitor<Prunable> {

    @Override
    public Prunable convolution(Layer.Convolution convolution) {
      int edge = convolution.kernel();
      int channels = convolution.input().channels();
      return new Prunable(
          convolution.index(),
          List.of(convolution.filters(), channels, edge, edge),
          new ImageShape(edge, edge, channels));
    }

    @Override
    public Prunable dense(Layer.Dense dense) {
      return new Prunable(
          dense.index(), List.of(dense.units(), dense.input().values()), dense.input());
    }

    @Override
    public Prunable batchNorm(Layer.BatchNorm norm) {
      throw withoutWeights(norm);
    }

    @Override
    public Prunable pool(Layer.Pool pool) {
      throw withoutWeights(pool);
    }

    @Override
    public Prunable dropout(Layer.Dropout dropout) {
      throw withoutWeights(dropout);
    }

    private static IllegalArgumentException withoutWeights(Layer layer) {
      return new IllegalArgumentException("expected a layer with weights, found " + layer);
    }
  }

  /** The tensors of one layer's parameters, layer after layer. */
  private static final class ParameterTensors implements Layer.Visitor<List<Tensor>> {

    private final Network network;
    private final float[] values;
    // A batch normalisation is named after the layer before it.
    private String weightedLayer = "";

    ParameterTensors(Weights weights) {
      network = weights.network();
      values = weights.toArray();
    }

    @Override
    public List<Tensor> convolution(Layer.Convolution convolution) {
      return weightsAndBiases(convolution);
    }

    @Override
    public List<Tensor> dense(Layer.Dense dense) {
      return weightsAndBiases(dense);
    }

    private List<Tensor> weightsAndBiases(Layer.Weighted weighted) {
      Network.PrunableLayer layer = network.prunableLayers().get(weighted.index());
      Prunable prunable = weighted.accept(new WeightShape());
      int[] sources = prunable.sources();
      float[] weights = new float[sources.length];
      for (int i = 0; i < sources.length; i++) {
        weights[i] = values[network.weightOffset(weighted.index()) + sources[i]];
      }
      weightedLayer = layer.name();
      int biases = network.biasOffset(weighted.index());
      return List.of(
          Tensor.floats(layer.name() + ".weight", prunable.shape(), weights),
          vector(layer.name() + ".bias", values, biases, layer.outputs()));
    }

    @Override
    public List<Tensor> batchNorm(Layer.BatchNorm norm) {
      List<Tensor> tensors = new ArrayList<>();
      int offset = norm.offset();
      for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
        String name = weightedLayer + "-batch-norm." + part;
        tensors.add(vector(name, values, offset, norm.channels()));
        offset += norm.channels();
      }
      return tensors;
    }

    @Override
    public List<Tensor> pool(Layer.Pool pool) {
      return List.of();
    }

    @Override
    public List<Tensor> dropout(Layer.Dropout dropout) {
      return List.of();
    }
  }
}
