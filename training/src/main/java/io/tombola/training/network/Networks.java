package io.tombola.training.network;

import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.InvalidSpecException;
import io.tombola.training.data.DataShape;
import io.tombola.training.data.Datasets;
import io.tombola.training.data.ImageShape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Networks by what a campaign calls them: a preset's name, or layers such as {@code conv 64, conv
 * 64, max-pool 2, dense 256, dropout 0.5, dense 10}. Layers are {@code conv FILTERS [KERNEL]} (3 x
 * 3 if no edge is given), {@code max-pool [SIZE]} (2), {@code dense UNITS}, {@code dropout RATE}
 * and {@code batch-norm}.
 */
public final class Networks {

  private static final ImageShape MNIST = new ImageShape(28, 28, 1);
  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);
  private static final int CLASSES = 10;

  /** A network of the literature without its last layer, and what it was made for. */
  private record Preset(String body, ImageShape home) {}

  private static final Map<String, Preset> PRESETS = new LinkedHashMap<>();

  static {
    // Frankle and Carbin 2019, figure 2; LeCun et al. 1998 for the first, VGG for the others.
    PRESETS.put("lenet-300-100", new Preset("dense 300, dense 100", MNIST));
    String dense = ", dense 256, dense 256";
    String conv2 = "conv 64, conv 64, max-pool 2";
    String conv4 = conv2 + ", conv 128, conv 128, max-pool 2";
    String conv6 = conv4 + ", conv 256, conv 256, max-pool 2";
    PRESETS.put("conv-2", new Preset(conv2 + dense, CIFAR));
    PRESETS.put("conv-4", new Preset(conv4 + dense, CIFAR));
    PRESETS.put("conv-6", new Preset(conv6 + dense, CIFAR));
  }

  /** 784-300-100-10: 266,200 weights. */
  public static final Network LENET_300_100 = of("lenet-300-100", MNIST, CLASSES);

  private static final Pattern PLACED = Pattern.compile("(.+) @ (\\d+)x(\\d+)x(\\d+) -> (\\d+)");

  private Networks() {}

  /** The presets' names. */
  public static List<String> names() {
    return List.copyOf(PRESETS.keySet());
  }

  /**
   * The network of a campaign.
   *
   * @throws InvalidSpecException if it names none that fits its data
   */
  public static Network of(CampaignSpec campaign) {
    DataShape data = Datasets.shape(campaign.dataset());
    return of(campaign.network(), data.image(), data.classes());
  }

  /**
   * The network that a campaign names, for images of this shape.
   *
   * @throws InvalidSpecException if the text is neither a preset nor a list of layers that fit
   */
  public static Network of(String text, ImageShape input, int classes) {
    Optional<Preset> preset = Optional.ofNullable(PRESETS.get(text));
    String layers = preset.map(p -> p.body() + ", dense " + classes).orElse(text);
    if (preset.isEmpty() && !text.contains(" ")) {
      throw new InvalidSpecException(
          "network",
          "one of " + String.join(", ", names()) + ", or a list of layers",
          "'" + text + "'");
    }
    boolean atHome = preset.isPresent() && preset.get().home().equals(input) && classes == CLASSES;
    String place =
        " @ %dx%dx%d -> %d".formatted(input.height(), input.width(), input.channels(), classes);
    return NetworkBuilder.build(
        atHome ? text : text + place, Arrays.asList(layers.split(",", -1)), input, classes);
  }

  /**
   * The network of this {@link Network#name}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Network parse(String name) {
    Matcher placed = PLACED.matcher(name);
    if (!placed.matches()) {
      Preset preset = PRESETS.get(name);
      return of(name, preset == null ? MNIST : preset.home(), CLASSES);
    }
    return of(
        placed.group(1),
        new ImageShape(number(placed, 2), number(placed, 3), number(placed, 4)),
        number(placed, 5));
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }
}
