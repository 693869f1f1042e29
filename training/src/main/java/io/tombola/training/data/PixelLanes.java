package io.tombola.training.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The pixels of some examples, value by value instead of example by example: one row for each
 * value, one lane of it for each example. Not thread-safe.
 */
public final class PixelLanes {

  /** Examples, and values, that are transposed at once: the bytes of a long. */
  private static final int SQUARE = Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int values;
  private final int lanes;
  private final int stride;
  // Examples lie all over the data set; side by side they stay in the caches.
  private final byte[] copied;
  private final byte[] rows;
  private int filled;

  /**
   * Room for pixels.
   *
   * @param values of an example
   * @param lanes examples at most, a multiple of 8
   */
  public PixelLanes(int values, int lanes) {
    if (lanes % SQUARE != 0) {
      throw new IllegalArgumentException("expected a multiple of 8 lanes, found " + lanes);
    }
    this.values = values;
    this.lanes = lanes;
    stride = (values + SQUARE - 1) / SQUARE * SQUARE;
    copied = new byte[lanes * stride];
    rows = new byte[stride * lanes];
  }

  /**
   * Gathers examples; lanes from {@code count} on become 0.
   *
   * @param positions of the examples in the split
   * @param count how many of them
   */
  public void gather(Split split, int[] positions, int count) {
    Examples examples = split.examples();
    for (int e = 0; e < count; e++) {
      examples.copyPixels(split.index(positions[e]), copied, e * stride);
    }
    int used = Math.max(count, filled);
    Arrays.fill(copied, count * stride, used * stride, (byte) 0);
    filled = count;
    for (int e = 0; e < used; e += SQUARE) {
      for (int v = 0; v < values; v += SQUARE) {
        transpose(copied, e * stride + v, stride, rows, v * lanes + e, lanes);
      }
    }
  }

  /** The pixels: value v of example e is at {@code v * lanes + e}, an unsigned byte. */
  public byte[] rows() {
    return rows;
  }

  /** Turns 8 rows of 8 bytes into 8 columns. */
  private static void transpose(byte[] from, int at, int step, byte[] into, int to, int stepInto) {
    long a = (long) LONGS.get(from, at);
    long b = (long) LONGS.get(from, at + step);
    long c = (long) LONGS.get(from, at + 2 * step);
    long d = (long) LONGS.get(from, at + 3 * step);
    long e = (long) LONGS.get(from, at + 4 * step);
    long f = (long) LONGS.get(from, at + 5 * step);
    long g = (long) LONGS.get(from, at + 6 * step);
    long h = (long) LONGS.get(from, at + 7 * step);
    // Quarters of the square change places, then quarters of those, then single bytes.
    long t = crossed(a, e, 32);
    a ^= t << 32;
    e ^= t;
    t = crossed(b, f, 32);
    b ^= t << 32;
    f ^= t;
    t = crossed(c, g, 32);
    c ^= t << 32;
    g ^= t;
    t = crossed(d, h, 32);
    d ^= t << 32;
    h ^= t;
    t = crossed(a, c, 16);
    a ^= t << 16;
    c ^= t;
    t = crossed(b, d, 16);
    b ^= t << 16;
    d ^= t;
    t = crossed(e, g, 16);
    e ^= t << 16;
    g ^= t;
    t = crossed(f, h, 16);
    f ^= t << 16;
    h ^= t;
    t = crossed(a, b, 8);
    LONGS.set(into, to, a ^ t << 8);
    LONGS.set(into, to + stepInto, b ^ t);
    t = crossed(c, d, 8);
    LONGS.set(into, to + 2 * stepInto, c ^ t << 8);
    LONGS.set(into, to + 3 * stepInto, d ^ t);
    t = crossed(e, f, 8);
    LONGS.set(into, to + 4 * stepInto, e ^ t << 8);
    LONGS.set(into, to + 5 * stepInto, f ^ t);
    t = crossed(g, h, 8);
    LONGS.set(into, to + 6 * stepInto, g ^ t << 8);
    LONGS.set(into, to + 7 * stepInto, h ^ t);
  }

  /** Where the upper part of each group of {@code above} differs from the lower part of below's. */
  private static long crossed(long above, long below, int bits) {
    long lower = bits == 32 ? 0xffffffffL : bits == 16 ? 0xffff0000ffffL : 0xff00ff00ff00ffL;
    return (above >>> bits ^ below) & lower;
  }
}
