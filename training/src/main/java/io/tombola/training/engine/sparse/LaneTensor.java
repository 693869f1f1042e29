package io.tombola.training.engine.sparse;

import io.tombola.training.data.ImageShape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What goes from one stage to the next, or the gradient by it: for each pixel a row of lanes for
 * each channel. Around the pixels may be a border of zeros, so that a convolution has something to
 * read there. What a dense layer puts out is one pixel with a channel for each unit.
 */
final class LaneTensor {

  private final ImageShape shape;
  private final int border;
  private final int width;
  private final float[] values;
  private final int[] starts;
  private final int unread;

  /**
   * Zeros.
   *
   * @param border pixels around the image
   * @param width lanes of a row
   */
  LaneTensor(ImageShape shape, int border, int width) {
    this.shape = shape;
    this.border = border;
    this.width = width;
    int pixels = (shape.height() + 2 * border) * (shape.width() + 2 * border);
    int rows = Math.multiplyExact(pixels, shape.channels());
    values = Lanes.zeros(rows + 1, width);
    unread = Lanes.START + rows * width;
    starts =
        IntStream.range(0, shape.values())
            .map(v -> Lanes.START + shift(v / shape.channels()) + v % shape.channels() * width)
            .toArray();
  }

  /** Zeros with rows for some values only, given in ascending order: the others are never read. */
  LaneTensor(ImageShape shape, int[] used, int width) {
    this.shape = shape;
    border = 0;
    this.width = width;
    values = Lanes.zeros(used.length + 1, width);
    unread = Lanes.START + used.length * width;
    starts = new int[shape.values()];
    Arrays.fill(starts, -1);
    for (int r = 0; r < used.length; r++) {
      starts[used[r]] = Lanes.START + r * width;
    }
  }

  /** Height, width and channels. */
  ImageShape shape() {
    return shape;
  }

  /** Lanes of a row. */
  int width() {
    return width;
  }

  /** All rows; the border's are 0 and stay it. */
  float[] values() {
    return values;
  }

  /** Where the row starts of each value of an example, in their order; -1 where it has none. */
  int[] starts() {
    return starts;
  }

  /** Where a row starts that nothing reads, for values that have none. */
  int unread() {
    return unread;
  }

  /** Pixels of a line with the border. */
  int lineLength() {
    return shape.width() + 2 * border;
  }

  /** How far a pixel's rows are from those of the corner of the border. */
  int shift(int pixel) {
    int y = pixel / shape.width() + border;
    int x = pixel % shape.width() + border;
    return (y * lineLength() + x) * pixelLength();
  }

  /** How far the rows are that a kernel's corner reads at a pixel, from those of that corner. */
  int windowShift(int pixel) {
    int y = pixel / shape.width();
    int x = pixel % shape.width();
    return (y * lineLength() + x) * pixelLength();
  }

  /** Lanes of all channels of a pixel. */
  int pixelLength() {
    return shape.channels() * width;
  }

  /** How many pixels there are without the border. */
  int pixels() {
    return shape.height() * shape.width();
  }

  /** Lets this gradient through where {@code rectified} is above 0. */
  void maskByActivity(LaneTensor rectified, Kernels kernels) {
    int line = shape.width() * pixelLength();
    for (int p = 0; p < pixels(); p += shape.width()) {
      int at = Lanes.START + shift(p);
      int from = Lanes.START + rectified.shift(p);
      kernels.maskByActivity(values, at, rectified.values, from, line);
    }
  }

  /** Whether the first {@code count} lanes of all rows are finite. */
  boolean finite(int count) {
    for (int start : starts) {
      for (int e = 0; start >= 0 && e < count; e++) {
        if (!Float.isFinite(values[start + e])) {
          return false;
        }
      }
    }
    return true;
  }
}
