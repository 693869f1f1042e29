package io.tombola.training.engine.sparse;

import static io.tombola.training.data.PackedPixels.PACKED;

import io.tombola.training.data.PackedPixels;
import io.tombola.training.data.Split;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The examples of a batch in lanes. */
final class BatchInput {

  private static final int PIXEL_VALUES = 256;

  private final RowKernels kernels;
  private final LaneTensor image;
  private final float[] table;
  // Whether it has nothing but pixels / 255.
  private final boolean plain;
  // Examples lie all over the data set; side by side they stay in the caches.
  private final int[] packed;
  // Where the row of each packed pixel starts, and where the image of each lane begins.
  private final int[] rows;
  private final int[] places;
  private int filled;

  /**
   * Gathers examples into {@code image}, as far as that has rows for them.
   *
   * @param pixelValues {@link Split#pixelValues} of all splits to come
   */
  BatchInput(RowKernels kernels, LaneTensor image, float[] pixelValues) {
    this.kernels = kernels;
    this.image = image;
    table = pixelValues.clone();
    plain = plain(table);
    int[] starts = image.starts();
    rows = new int[(starts.length + PACKED - 1) / PACKED * PACKED];
    Arrays.fill(rows, image.unread());
    for (int v = 0; v < starts.length; v++) {
      rows[v] = starts[v] >= 0 ? starts[v] : image.unread();
    }
    places = IntStream.range(0, image.width()).map(e -> e * words()).toArray();
    packed = new int[image.width() * words()];
  }

  /**
   * Gathers examples; lanes after the last one become 0.
   *
   * @param positions of the examples in the split
   * @param count how many of them
   */
  void gather(Split split, int[] positions, int count) {
    PackedPixels pixels = split.pixels();
    for (int e = 0; e < count; e++) {
      pixels.copy(split.index(positions[e]), packed, places[e]);
    }
    Arrays.fill(packed, count * words(), Math.max(count, filled) * words(), 0);
    float[] values = image.values();
    for (int w = 0; w < words(); w++) {
      if (plain) {
        kernels.toUnitInterval(packed, w, places, values, rows, image.width());
      } else {
        lookUp(w, values, count);
      }
    }
    filled = count;
  }

  /** Ints of an image. */
  private int words() {
    return rows.length / PACKED;
  }

  private void lookUp(int word, float[] values, int count) {
    for (int v = 0; v < PACKED; v++) {
      int value = word * PACKED + v;
      int first = value % image.shape().channels() * PIXEL_VALUES;
      int into = rows[value];
      for (int e = 0; e < count; e++) {
        int pixels = packed[places[e] + word];
        values[into + e] = table[first + (pixels >>> (v * Byte.SIZE) & 0xff)];
      }
      Arrays.fill(values, into + count, into + Math.max(count, filled), 0f);
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
