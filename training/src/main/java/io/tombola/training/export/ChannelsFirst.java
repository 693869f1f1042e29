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
    float[] values = weights.toArray();
    List<Tensor> tensors = new ArrayList<>();
    String layer = "";
    for (Layer stage : weights.network().stages()) {
      if (stage instanceof Layer.Convolution conv) {
        layer = add(tensors, weights.network(), Prunable.of(conv), values);
      } else if (stage instanceof Layer.Dense dense) {
        layer = add(tensors, weights.network(), Prunable.of(dense), values);
      } else if (stage instanceof Layer.BatchNorm norm) {
        addNorm(tensors, layer + "-batch-norm", norm, values);
      }
    }
    return List.copyOf(tensors);
  }

  /** Which weights survive, under the weights' names; biases are never pruned and have no mask. */
  public static List<Tensor> mask(Mask mask) {
    List<Tensor> tensors = new ArrayList<>();
    for (Layer stage : mask.network().stages()) {
      if (stage instanceof Layer.Convolution conv) {
        tensors.add(bits(mask, Prunable.of(conv)));
      } else if (stage instanceof Layer.Dense dense) {
        tensors.add(bits(mask, Prunable.of(dense)));
      }
    }
    return List.copyOf(tensors);
  }

  /**
   * The weights of one stage: a dense layer's reach all of its input as a convolution's reach its
   * kernel.
   *
   * @param layer which of {@link Network#layers}
   * @param reach values that an output is the weighted sum of
   */
  private record Prunable(int layer, List<Integer> shape, ImageShape reach) {

    static Prunable of(Layer.Convolution conv) {
      int edge = conv.kernel();
      int channels = conv.input().channels();
      return new Prunable(
          conv.layer(),
          List.of(conv.filters(), channels, edge, edge),
          new ImageShape(edge, edge, channels));
    }

    static Prunable of(Layer.Dense dense) {
      return new Prunable(
          dense.layer(), List.of(dense.units(), dense.input().values()), dense.input());
    }

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

  private static String add(
      List<Tensor> tensors, Network network, Prunable prunable, float[] values) {
    Network.PrunableLayer layer = network.layers().get(prunable.layer());
    int[] sources = prunable.sources();
    float[] weights = new float[sources.length];
    for (int i = 0; i < sources.length; i++) {
      weights[i] = values[network.weightOffset(prunable.layer()) + sources[i]];
    }
    tensors.add(Tensor.floats(layer.name() + ".weight", prunable.shape(), weights));
    int biases = network.biasOffset(prunable.layer());
    tensors.add(vector(layer.name() + ".bias", values, biases, layer.outputs()));
    return layer.name();
  }

  private static Tensor vector(String name, float[] values, int from, int count) {
    return Tensor.floats(name, List.of(count), Arrays.copyOfRange(values, from, from + count));
  }

  private static void addNorm(
      List<Tensor> tensors, String name, Layer.BatchNorm norm, float[] values) {
    int offset = norm.offset();
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      tensors.add(vector(name + "." + part, values, offset, norm.channels()));
      offset += norm.channels();
    }
  }

  private static Tensor bits(Mask mask, Prunable prunable) {
    int[] sources = prunable.sources();
    boolean[] kept = new boolean[sources.length];
    for (int i = 0; i < sources.length; i++) {
      kept[i] = mask.keeps(prunable.layer(), sources[i]);
    }
    String layer = mask.network().layers().get(prunable.layer()).name();
    return Tensor.bools(layer + ".weight", prunable.shape(), kept);
  }
}
