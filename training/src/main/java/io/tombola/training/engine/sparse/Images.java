package io.tombola.training.engine.sparse;

import io.tombola.training.data.PixelLanes;
import io.tombola.training.data.Split;

/** The examples of a batch in lanes, a row for each value that a surviving weight multiplies. */
final class Images {

  private static final int PIXEL_VALUES = 256;

  private final Kernels kernels;
  private final int[] used;
  private final int channels;
  private final int width;
  private final PixelLanes pixels;
  private final float[] values;
  private int filled;

  /**
   * Room for a batch.
   *
   * @param used the places of those values in an example, in ascending order
   * @param inputs values of an example
   * @param channels of its pixels
   */
  Images(Kernels kernels, int[] used, int inputs, int channels, int width) {
    this.kernels = kernels;
    this.used = used.clone();
    this.channels = channels;
    this.width = width;
    pixels = new PixelLanes(inputs, width);
    values = Lanes.zeros(used.length, width);
  }

  /** What was gathered, [used][width]; dropout may change it. */
  float[] values() {
    return values;
  }

  /**
   * Gathers examples; lanes after the last one become 0.
   *
   * @param positions of the examples in the split
   * @param count how many of them
   * @param table the split's {@link Split#pixelValues}
   * @param plain whether it is {@link #plain}
   */
  void gather(Split split, int[] positions, int count, float[] table, boolean plain) {
    pixels.gather(split, positions, count);
    byte[] bytes = pixels.rows();
    for (int r = 0; r < used.length; r++) {
      int from = used[r] * width;
      int into = Lanes.row(r, width);
      if (plain) {
        kernels.toUnitInterval(bytes, from, values, into, width);
      } else {
        lookUp(bytes, from, table, used[r] % channels * PIXEL_VALUES, into, count);
      }
    }
    // The value of pixel 0 is 0 only where pixels are plain.
    if (!plain && count < filled) {
      Lanes.clear(values, width, count);
    }
    filled = count;
  }

  private void lookUp(byte[] bytes, int from, float[] table, int first, int into, int count) {
    for (int e = 0; e < count; e++) {
      values[into + e] = table[first + (bytes[from + e] & 0xff)];
    }
  }

  /** Whether a table has nothing but pixels / 255. */
  static boolean plain(float[] table) {
    for (int i = 0; i < table.length; i++) {
      if (table[i] != i % PIXEL_VALUES / 255f) {
        return false;
      }
    }
    return true;
  }
}
