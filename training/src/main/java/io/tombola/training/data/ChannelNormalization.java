package io.tombola.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What is done to pixels beyond scaling them to [0, 1]: (pixel / 255 - mean) / deviation.
 *
 * @param channels one each; none if nothing is done
 */
public record ChannelNormalization(List<Channel> channels) {

  /** Pixels stay in [0, 1]. */
  public static final ChannelNormalization NONE = new ChannelNormalization(List.of());

  /**
   * A channel's pixels, in units of 255.
   *
   * @param deviation of all of them, not an estimate from a sample; 1 where they are all equal
   */
  public record Channel(double mean, double deviation) {}

  /** Keeps an immutable copy. */
  public ChannelNormalization {
    channels = List.copyOf(channels);
  }

  /** What gives these examples mean 0 and deviation 1 in each channel. */
  static ChannelNormalization over(Examples examples) {
    List<Channel> channels = new ArrayList<>();
    for (long[] counts : examples.histogram()) {
      channels.add(channel(counts));
    }
    return new ChannelNormalization(channels);
  }

  /** The float of each pixel value, at channel x 256 + value. */
  float[] table(int channelCount) {
    float[] table = new float[channelCount * 256];
    for (int i = 0; i < table.length; i++) {
      int pixel = i & 0xff;
      table[i] = channels.isEmpty() ? pixel / 255f : normalized(channels.get(i >> 8), pixel);
    }
    return table;
  }

  /** {@code none}, or the numbers to the last digit. */
  @Override
  public String toString() {
    return channels.isEmpty()
        ? "none"
        : "mean " + numbers(Channel::mean) + ", deviation " + numbers(Channel::deviation);
  }

  private static Channel channel(long[] counts) {
    long pixels = 0;
    long sum = 0;
    for (int value = 0; value < counts.length; value++) {
      pixels += counts[value];
      sum += counts[value] * value;
    }
    double mean = (double) sum / pixels;
    double squares = 0;
    for (int value = 0; value < counts.length; value++) {
      squares += counts[value] * (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / pixels);
    return new Channel(mean / 255, deviation == 0 ? 1 : deviation / 255);
  }

  private static float normalized(Channel channel, int pixel) {
    return (float) ((pixel / 255.0 - channel.mean()) / channel.deviation());
  }

  private String numbers(ToDoubleFunction<Channel> number) {
    return channels.stream()
        .map(channel -> Double.toString(number.applyAsDouble(channel)))
        .collect(Collectors.joining(" "));
  }
}
