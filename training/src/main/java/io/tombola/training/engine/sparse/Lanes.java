package io.tombola.training.engine.sparse;

/**
 * Rows of lanes in one array: a row is for a unit, or for a channel of a pixel; a lane of it is for
 * an example. The first row starts at {@link #START}.
 */
final class Lanes {

  /** Rows are as long as a multiple of this, so that every vector width divides them. */
  static final int BLOCK = 64;

  /**
   * Where the first row starts. An array's header takes 16 bytes, so that this is at a multiple of
   * 64 bytes, as fast vector instructions like it, if arrays start at one (with Java's option
   * -XX:ObjectAlignmentInBytes=64).
   */
  static final int START = 12;

  private Lanes() {}

  /** Lanes to have for so many examples. */
  static int width(int examples) {
    return (examples + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Zeros. */
  static float[] zeros(int rows, int width) {
    return new float[Math.addExact(START, Math.multiplyExact(rows, width))];
  }

  /** Replaces negative values in [from, to) by 0; NaN stays. */
  static void rectify(float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = Math.max(values[i], 0f);
    }
  }

  /** Lets {@code count} gradients through where the rectified value is above 0. */
  static void maskByActivity(float[] gradient, int at, float[] rectified, int from, int count) {
    for (int i = 0; i < count; i++) {
      // 1 for every normal number above 0, without a branch that nobody can predict.
      gradient[at + i] *= Math.min(rectified[from + i] * Float.MAX_VALUE, 1f);
    }
  }

  /** Multiplies {@code count} values by factors. */
  static void multiply(float[] values, int at, float[] factors, int from, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] *= factors[from + i];
    }
  }
}
