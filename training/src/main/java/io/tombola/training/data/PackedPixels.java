package io.tombola.training.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The pixels of images, four to an int, the first in the lowest byte; each image begins with an int
 * of its own. So vector instructions can fetch four pixels of many images at once. Immutable and
 * thread-safe.
 */
public final class PackedPixels {

  /** Pixels in an int. */
  public static final int PACKED = Integer.BYTES;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int[] words;
  private final int wordsOfImage;

  /**
   * Packs images.
   *
   * @param pixels unsigned bytes, image after image
   * @param values of an image
   */
  PackedPixels(byte[] pixels, int values) {
    wordsOfImage = (values + PACKED - 1) / PACKED;
    int images = pixels.length / values;
    words = new int[Math.multiplyExact(images, wordsOfImage)];
    for (int image = 0; image < images; image++) {
      pack(pixels, image * values, values, image * wordsOfImage);
    }
  }

  private void pack(byte[] pixels, int from, int count, int into) {
    int whole = count / PACKED;
    for (int w = 0; w < whole; w++) {
      words[into + w] = (int) INTS.get(pixels, from + w * PACKED);
    }
    for (int v = whole * PACKED; v < count; v++) {
      words[into + whole] |= (pixels[from + v] & 0xff) << (v % PACKED * Byte.SIZE);
    }
  }

  /** All images; not to be changed. */
  int[] words() {
    return words;
  }

  /** Where an image begins in {@link #words}. */
  int place(int image) {
    return image * wordsOfImage;
  }

  /** Copies the ints of an image, values / {@value #PACKED}, rounded up. */
  public void copy(int image, int[] into, int at) {
    System.arraycopy(words, place(image), into, at, wordsOfImage);
  }

  /** A pixel of an image, from 0 to 255. */
  public int pixel(int image, int value) {
    return words[place(image) + value / PACKED] >>> (value % PACKED * Byte.SIZE) & 0xff;
  }
}
