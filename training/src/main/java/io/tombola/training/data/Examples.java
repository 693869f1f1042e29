package io.tombola.training.data;

/**
 * Labelled images, kept as the bytes of their files and turned into floats when gathered: pixel /
 * 255, then normalized by channel where that is asked for. Immutable and thread-safe, so that all
 * trainings of a process share one copy.
 */
public final class Examples {

  private static final int PIXEL_VALUES = 256;

  private final byte[] pixels;
  private final byte[] labels;
  private final ImageShape shape;
  private final float[] table;

  /**
   * Takes over both arrays.
   *
   * @param pixels image after image; in each, row, column, channel
   * @param labels unsigned bytes
   */
  Examples(byte[] pixels, byte[] labels, ImageShape shape) {
    this(pixels, labels, shape, ChannelNormalization.NONE);
  }

  private Examples(
      byte[] pixels, byte[] labels, ImageShape shape, ChannelNormalization normalization) {
    if (pixels.length != (long) labels.length * shape.values()) {
      throw new IllegalArgumentException(
          "expected %d images of %s, found %d pixels"
              .formatted(labels.length, shape, pixels.length));
    }
    this.pixels = pixels;
    this.labels = labels;
    this.shape = shape;
    this.table = normalization.table(shape.channels());
  }

  /** The same examples, which share their bytes, with other floats. */
  Examples normalized(ChannelNormalization normalization) {
    return new Examples(pixels, labels, shape, normalization);
  }

  /** How many images there are. */
  public int count() {
    return labels.length;
  }

  /** The class of an image, from 0. */
  public int label(int example) {
    return labels[example] & 0xff;
  }

  /** Writes an image's values, row by row, column by column, channel by channel. */
  public void gather(int example, float[] into, int offset) {
    int values = shape.values();
    if (shape.channels() == 1) {
      gatherGrey(pixels, example * values, table, into, offset, values);
    } else {
      gatherChannels(example * values, into, offset);
    }
  }

  // Locals and one step: what the JIT compiler needs to leave the checks of bounds out.
  private static void gatherGrey(
      byte[] pixels, int from, float[] table, float[] into, int offset, int count) {
    for (int i = 0; i < count; i++) {
      into[offset + i] = table[pixels[from + i] & 0xff];
    }
  }

  private void gatherChannels(int from, float[] into, int offset) {
    int channels = shape.channels();
    int values = shape.values();
    for (int i = 0; i < values; i += channels) {
      for (int c = 0; c < channels; c++) {
        into[offset + i + c] = table[c * PIXEL_VALUES + (pixels[from + i + c] & 0xff)];
      }
    }
  }

  /** Copies an image's bytes. */
  void copyPixels(int example, byte[] into, int offset) {
    System.arraycopy(pixels, example * shape.values(), into, offset, shape.values());
  }

  /** Values of an image. */
  int values() {
    return shape.values();
  }

  /** The float of each pixel value, at {@code channel * 256 + pixel}; not to be changed. */
  float[] table() {
    return table;
  }

  /** How often each pixel value occurs, [channel][value]. */
  long[][] histogram() {
    int channels = shape.channels();
    long[][] counts = new long[channels][PIXEL_VALUES];
    for (int i = 0; i < pixels.length; i += channels) {
      for (int c = 0; c < channels; c++) {
        counts[c][pixels[i + c] & 0xff]++;
      }
    }
    return counts;
  }
}
