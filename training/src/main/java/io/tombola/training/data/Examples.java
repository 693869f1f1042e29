package io.tombola.training.data;

/**
 * Labelled images, kept as the pixels of their files and turned into floats when gathered: pixel /
 * 255, then normalized by channel where that is asked for. Immutable and thread-safe, so that all
 * trainings of a process share one copy.
 */
public final class Examples {

  private static final int PIXEL_VALUES = 256;

  private final PackedPixels pixels;
  private final byte[] labels;
  private final ImageShape shape;
  private final float[] table;

  /**
   * Takes over the labels.
   *
   * @param pixels image after image; in each, row, column, channel
   * @param labels unsigned bytes
   */
  Examples(byte[] pixels, byte[] labels, ImageShape shape) {
    this(
        new PackedPixels(pixels, shape.values()),
        labels,
        shape,
        ChannelNormalization.NONE.table(shape.channels()));
    if (pixels.length != (long) labels.length * shape.values()) {
      throw new IllegalArgumentException(
          "expected %d images of %s, found %d pixels"
              .formatted(labels.length, shape, pixels.length));
    }
  }

  private Examples(PackedPixels pixels, byte[] labels, ImageShape shape, float[] table) {
    this.pixels = pixels;
    this.labels = labels;
    this.shape = shape;
    this.table = table;
  }

  /** The same examples, which share their pixels, with other floats. */
  Examples normalized(ChannelNormalization normalization) {
    return new Examples(pixels, labels, shape, normalization.table(shape.channels()));
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
    if (shape.channels() == 1) {
      gatherGrey(example, into, offset);
    } else {
      gatherChannels(example, into, offset);
    }
  }

  private void gatherGrey(int example, float[] into, int offset) {
    int whole = shape.values() / PackedPixels.PACKED;
    lookUp(pixels.words(), pixels.place(example), table, into, offset, whole);
    for (int v = whole * PackedPixels.PACKED; v < shape.values(); v++) {
      into[offset + v] = table[pixels.pixel(example, v)];
    }
  }

  // Locals and one step: what the JIT compiler needs to leave the checks of bounds out.
  private static void lookUp(
      int[] words, int from, float[] table, float[] into, int offset, int count) {
    for (int w = 0; w < count; w++) {
      int four = words[from + w];
      int at = offset + w * PackedPixels.PACKED;
      into[at] = table[four & 0xff];
      into[at + 1] = table[four >>> 8 & 0xff];
      into[at + 2] = table[four >>> 16 & 0xff];
      into[at + 3] = table[four >>> 24];
    }
  }

  private void gatherChannels(int example, float[] into, int offset) {
    int channels = shape.channels();
    int values = shape.values();
    for (int i = 0; i < values; i += channels) {
      for (int c = 0; c < channels; c++) {
        into[offset + i + c] = table[c * PIXEL_VALUES + pixels.pixel(example, i + c)];
      }
    }
  }

  /** All images' pixels. */
  PackedPixels pixels() {
    return pixels;
  }

  /** The float of each pixel value, at {@code channel * 256 + pixel}; not to be changed. */
  float[] table() {
    return table;
  }

  /** How often each pixel value occurs, [channel][value]. */
  long[][] histogram() {
    int channels = shape.channels();
    long[][] counts = new long[channels][PIXEL_VALUES];
    for (int example = 0; example < count(); example++) {
      for (int v = 0; v < shape.values(); v++) {
        counts[v % channels][pixels.pixel(example, v)]++;
      }
    }
    return counts;
  }
}
