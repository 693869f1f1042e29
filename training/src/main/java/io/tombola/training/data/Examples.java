package io.tombola.training.data;

/**
 * Labelled images, kept as the bytes of their files and turned into floats when gathered: a pixel
 * of 0 to 255 becomes pixel / 255, with no normalisation by channel. Immutable and thread-safe, so
 * that all trainings of a process share one copy.
 */
public final class Examples {

  private static final float[] FRACTIONS = new float[256];

  static {
    for (int pixel = 0; pixel < FRACTIONS.length; pixel++) {
      FRACTIONS[pixel] = pixel / 255f;
    }
  }

  private final byte[] pixels;
  private final byte[] labels;
  private final int values;

  /**
   * Takes over both arrays.
   *
   * @param pixels image after image
   * @param values pixels an image
   */
  Examples(byte[] pixels, byte[] labels, int values) {
    if (pixels.length != labels.length * values) {
      throw new IllegalArgumentException(
          "expected %d x %d pixels, found %d".formatted(labels.length, values, pixels.length));
    }
    this.pixels = pixels;
    this.labels = labels;
    this.values = values;
  }

  /** How many images there are. */
  public int count() {
    return labels.length;
  }

  /** The class of an image, from 0. */
  public int label(int example) {
    return labels[example];
  }

  /** Writes an image's values, each in [0, 1], to {@code into} from {@code offset} on. */
  public void gather(int example, float[] into, int offset) {
    int from = example * values;
    for (int i = 0; i < values; i++) {
      into[offset + i] = FRACTIONS[pixels[from + i] & 0xff];
    }
  }
}
