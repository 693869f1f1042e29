package io.tombola.training.engine.sparse;

import io.tombola.training.data.PixelLanes;
import io.tombola.training.data.Split;
import java.util.Arrays;

/** The examples of a batch in lanes. */
final class Images {

  private static final int PIXEL_VALUES = 256;

  private final RowKernels kernels;
  private final LaneImage image;
  private final float[] table;
  // Whether it has nothing but pixels / 255.
  private final boolean plain;
  private final PixelLanes pixels;
  private int filled;

  /**
   * Gathers examples into {@code image}, as far as that has rows for them.
   *
   * @param pixelValues {@link Split#pixelValues} of all splits to come
   */
  Images(RowKernels kernels, LaneImage image, float[] pixelValues) {
    this.kernels = kernels;
    this.image = image;
    table = pixelValues.clone();
    plain = plain(table);
    pixels = new PixelLanes(image.shape().values(), image.width());
  }

  /**
   * Gathers examples; lanes after the last one become 0.
   *
   * @param positions of the examples in the split
   * @param count how many of them
   */
  void gather(Split split, int[] positions, int count) {
    pixels.gather(split, positions, count);
    byte[] bytes = pixels.rows();
    float[] values = image.values();
    int width = image.width();
    int[] starts = image.starts();
    for (int v = 0; v < starts.length; v++) {
      int into = starts[v];
      if (into >= 0 && plain) {
        kernels.toUnitInterval(bytes, v * width, values, into, width);
      } else if (into >= 0) {
        int channel = v % image.shape().channels();
        lookUp(bytes, v * width, channel * PIXEL_VALUES, values, into, count);
        Arrays.fill(values, into + count, into + Math.max(count, filled), 0f);
      }
    }
    filled = count;
  }

  private void lookUp(byte[] bytes, int from, int first, float[] values, int into, int count) {
    for (int e = 0; e < count; e++) {
      values[into + e] = table[first + (bytes[from + e] & 0xff)];
    }
  }

  private static boolean plain(float[] table) {
    for (int i = 0; i < table.length; i++) {
      if (table[i] != i % PIXEL_VALUES / 255f) {
        return false;
      }
    }
    return true;
  }
}
