package io.tombola.training.network;

import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Network.Kind;
import io.tombola.training.network.Network.PrunableLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Builds a network layer by layer and refuses layers that do not fit. Used once. */
final class NetworkBuilder {

  private static final int DEFAULT_KERNEL = 3;
  private static final int DEFAULT_POOL_SIZE = 2;
  private static final int MAX_NUMBER = 100_000;
  private static final int MAX_PARAMETERS = Integer.MAX_VALUE / 8;
  private static final String BATCH_NORM = "batch-norm";

  private final ImageShape input;
  private final List<Layer> layers = new ArrayList<>();
  private final List<PrunableLayer> prunableLayers = new ArrayList<>();
  private final int[] weightOffsets;
  private ImageShape shape;
  private long parameters;
  private int convolutions;
  private int denses;
  private int dropouts;

  private NetworkBuilder(ImageShape input, int maxLayers) {
    this.input = input;
    this.shape = input;
    this.weightOffsets = new int[maxLayers];
  }

  /**
   * The network with these layers.
   *
   * @param texts such as {@code conv 64}, {@code max-pool 2}, {@code dense 10}
   */
  static Network build(String name, List<String> texts, ImageShape input, int classes) {
    NetworkBuilder builder = new NetworkBuilder(input, texts.size());
    for (int i = 0; i < texts.size(); i++) {
      builder.add(texts.get(i), texts.stream().skip(i + 1L).findFirst());
    }
    return builder.finish(name, classes);
  }

  /**
   * Adds a layer.
   *
   * @param next the text of the next one; empty for the last
   */
  private void add(String text, Optional<String> next) {
    String[] words = words(text);
    if (words.length > (words[0].equals("conv") ? 3 : 2)) {
      throw wrong("at most one number after each layer (two after conv)", text);
    }
    // A ReLU comes after the batch normalisation of a layer, or after the layer itself.
    boolean rectified = next.isPresent() && !words(next.get())[0].equals(BATCH_NORM);
    switch (words[0]) {
      case "conv" -> addConvolution(words, rectified, text);
      case "max-pool" -> addPool(Layer.Pool.Kind.MAX, words, text);
      case "dense" -> addDense(number(words, 1, text), next.isEmpty(), rectified);
      case "dropout" -> addDropout(words, text);
      case BATCH_NORM -> addBatchNorm(text);
      default -> throw wrong("layers conv, max-pool, dense, dropout, batch-norm", text);
    }
  }

  private static String[] words(String text) {
    return text.trim().split("\\s+", -1);
  }

  private void addConvolution(String[] words, boolean rectified, String text) {
    int filters = number(words, 1, text);
    int kernel = words.length > 2 ? number(words, 2, text) : DEFAULT_KERNEL;
    if (denses > 0) {
      throw wrong("convolutions before the first dense layer", text);
    }
    if (kernel % 2 == 0) {
      throw wrong("a kernel with an odd edge, such as 3", text);
    }
    String name = "conv-" + ++convolutions;
    int channels = shape.channels();
    addWeighted(
        new Layer.Convolution(prunableLayers.size(), shape, filters, kernel, rectified),
        new PrunableLayer(name, Kind.CONV, channels, filters, kernel * kernel));
  }

  private void addDense(int units, boolean last, boolean rectified) {
    denses++;
    String name = last ? "output" : "dense-" + denses;
    Kind kind = last ? Kind.OUTPUT : Kind.DENSE;
    addWeighted(
        new Layer.Dense(prunableLayers.size(), shape, units, rectified),
        new PrunableLayer(name, kind, shape.values(), units, 1));
  }

  private void addWeighted(Layer.Weighted layer, PrunableLayer weights) {
    weightOffsets[prunableLayers.size()] = Math.toIntExact(parameters);
    prunableLayers.add(weights);
    addLayer(layer);
    addParameters((long) weights.rows() * weights.outputs() + weights.outputs());
  }

  private void addPool(Layer.Pool.Kind kind, String[] words, String text) {
    int size = words.length > 1 ? number(words, 1, text) : DEFAULT_POOL_SIZE;
    if (denses > 0) {
      throw wrong(words[0] + " before the first dense layer", text);
    }
    if (size > Math.min(shape.height(), shape.width())) {
      throw wrong(
          "at most the %d x %d pixels there".formatted(shape.height(), shape.width()), text);
    }
    addLayer(new Layer.Pool(kind, shape, size));
  }

  private void addDropout(String[] words, String text) {
    double rate;
    try {
      rate = words.length == 2 ? Double.parseDouble(words[1]) : -1;
    } catch (NumberFormatException e) {
      rate = -1;
    }
    if (!(rate >= 0 && rate < 1)) {
      throw wrong("dropout with a rate from 0 to below 1, such as 'dropout 0.5'", text);
    }
    addLayer(new Layer.Dropout(shape, rate, dropouts++));
  }

  private void addBatchNorm(String text) {
    if (layers.isEmpty() || !(layers.get(layers.size() - 1) instanceof Layer.Weighted)) {
      throw wrong("batch-norm right after conv or dense", text);
    }
    Layer.BatchNorm norm = new Layer.BatchNorm(shape, Math.toIntExact(parameters), true);
    addLayer(norm);
    addParameters(norm.parameterCount());
  }

  private void addLayer(Layer layer) {
    layers.add(layer);
    shape = layer.output();
  }

  private void addParameters(long count) {
    parameters += count;
    if (parameters > MAX_PARAMETERS) {
      throw wrong("at most " + MAX_PARAMETERS + " parameters", "more");
    }
  }

  private Network finish(String name, int classes) {
    boolean endsDense =
        !prunableLayers.isEmpty()
            && prunableLayers.get(prunableLayers.size() - 1).kind() == Kind.OUTPUT;
    if (!endsDense || shape.channels() != classes) {
      throw wrong("'dense " + classes + "' at the end, one output for each class", name);
    }
    return new Network(
        name,
        input,
        layers,
        prunableLayers,
        Arrays.copyOf(weightOffsets, prunableLayers.size()),
        Math.toIntExact(parameters));
  }

  private static int number(String[] words, int at, String text) {
    if (words.length > at && words[at].matches("[1-9][0-9]{0,5}")) {
      int number = Integer.parseInt(words[at]);
      if (number <= MAX_NUMBER) {
        return number;
      }
    }
    throw wrong("a whole number from 1 to " + MAX_NUMBER + ", such as '" + words[0] + " 64'", text);
  }

  private static InvalidSpecException wrong(String expected, String found) {
    return new InvalidSpecException("network", expected, "'" + found.trim() + "'");
  }
}
