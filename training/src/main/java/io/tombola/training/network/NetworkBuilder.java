package io.tombola.training.network;

import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.training.data.ImageShape;
import io.tombola.training.network.Network.Kind;
import io.tombola.training.network.Network.PrunableLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts a network together, layer by layer, and refuses what does not fit. Used once. */
final class NetworkBuilder {

  private static final int CONV_KERNEL = 3;
  private static final int POOL_SIZE = 2;
  private static final int MOST = 100_000;

  private final ImageShape input;
  private final List<Layer> stages = new ArrayList<>();
  private final List<PrunableLayer> layers = new ArrayList<>();
  private final int[] weightOffsets;
  private ImageShape shape;
  private long parameters;
  private int convolutions;
  private int denses;
  private int dropouts;
  // ReLU comes after the batch normalisation, so it waits for what follows the layer.
  private boolean awaitsActivation;

  private NetworkBuilder(ImageShape input, int layers) {
    this.input = input;
    this.shape = input;
    this.weightOffsets = new int[layers];
  }

  /**
   * The network with these layers.
   *
   * @param texts such as {@code conv 64}, {@code max-pool 2}, {@code dense 10}
   */
  static Network build(String name, List<String> texts, ImageShape input, int classes) {
    NetworkBuilder builder = new NetworkBuilder(input, texts.size());
    for (int i = 0; i < texts.size(); i++) {
      builder.add(texts.get(i), i == texts.size() - 1);
    }
    return builder.finish(name, classes);
  }

  private void add(String text, boolean last) {
    String[] words = text.trim().split("\\s+", -1);
    if (words.length > (words[0].equals("conv") ? 3 : 2)) {
      throw wrong("at most one number after each layer (two after conv)", text);
    }
    switch (words[0]) {
      case "conv" ->
          conv(
              number(words, 1, text),
              words.length > 2 ? number(words, 2, text) : CONV_KERNEL,
              text);
      case "max-pool" -> maxPool(words.length > 1 ? number(words, 1, text) : POOL_SIZE, text);
      case "dense" -> dense(number(words, 1, text), last);
      case "dropout" -> dropout(words, text);
      case "batch-norm" -> batchNorm(text);
      default -> throw wrong("layers conv, max-pool, dense, dropout, batch-norm", text);
    }
  }

  private void conv(int filters, int kernel, String text) {
    activate();
    if (denses > 0) {
      throw wrong("convolutions before the first dense layer", text);
    }
    if (kernel % 2 == 0) {
      throw wrong("a kernel with an odd edge, such as 3", text);
    }
    stages.add(new Layer.Convolution(layers.size(), shape, filters, kernel));
    addLayer(
        new PrunableLayer(
            "conv-" + ++convolutions, Kind.CONV, shape.channels(), filters, kernel * kernel));
  }

  private void dense(int units, boolean last) {
    activate();
    stages.add(new Layer.Dense(layers.size(), shape, units));
    denses++;
    String name = last ? "output" : "dense-" + denses;
    addLayer(new PrunableLayer(name, last ? Kind.OUTPUT : Kind.DENSE, shape.values(), units, 1));
  }

  private void addLayer(PrunableLayer layer) {
    weightOffsets[layers.size()] = Math.toIntExact(parameters);
    layers.add(layer);
    shape = stages.get(stages.size() - 1).output();
    grow((long) layer.rows() * layer.outputs() + layer.outputs());
    awaitsActivation = true;
  }

  private void maxPool(int size, String text) {
    activate();
    if (denses > 0) {
      throw wrong("max-pool before the first dense layer", text);
    }
    if (size > Math.min(shape.height(), shape.width())) {
      throw wrong(
          "at most the %d x %d pixels there".formatted(shape.height(), shape.width()), text);
    }
    stages.add(new Layer.MaxPool(shape, size));
    shape = stages.get(stages.size() - 1).output();
  }

  private void dropout(String[] words, String text) {
    activate();
    double rate;
    try {
      rate = words.length == 2 ? Double.parseDouble(words[1]) : -1;
    } catch (NumberFormatException e) {
      rate = -1;
    }
    if (!(rate >= 0 && rate < 1)) {
      throw wrong("dropout with a rate from 0 to below 1, such as 'dropout 0.5'", text);
    }
    stages.add(new Layer.Dropout(shape, rate, dropouts++));
  }

  private void batchNorm(String text) {
    if (!awaitsActivation) {
      throw wrong("batch-norm right after conv or dense", text);
    }
    stages.add(new Layer.BatchNorm(shape, Math.toIntExact(parameters)));
    grow(4L * shape.channels());
    activate();
  }

  private void activate() {
    if (awaitsActivation) {
      stages.add(new Layer.Relu(shape));
      awaitsActivation = false;
    }
  }

  private void grow(long count) {
    parameters += count;
    if (parameters > Integer.MAX_VALUE / 8) {
      throw wrong("at most " + Integer.MAX_VALUE / 8 + " parameters", "more");
    }
  }

  private Network finish(String name, int classes) {
    boolean endsDense = awaitsActivation && layers.get(layers.size() - 1).kind() == Kind.OUTPUT;
    if (!endsDense || shape.channels() != classes) {
      throw wrong("'dense " + classes + "' at the end, one output for each class", name);
    }
    return new Network(
        name,
        input,
        stages,
        layers,
        Arrays.copyOf(weightOffsets, layers.size()),
        Math.toIntExact(parameters));
  }

  private static int number(String[] words, int at, String text) {
    if (words.length > at && words[at].matches("[1-9][0-9]{0,5}")) {
      int number = Integer.parseInt(words[at]);
      if (number <= MOST) {
        return number;
      }
    }
    throw wrong("a whole number from 1 to " + MOST + ", such as '" + words[0] + " 64'", text);
  }

  private static InvalidSpecException wrong(String expected, String found) {
    return new InvalidSpecException("network", expected, "'" + found.trim() + "'");
  }
}
