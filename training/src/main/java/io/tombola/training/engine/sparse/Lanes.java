package io.tombola.training.engine.sparse;

import java.util.Arrays;

/**
 * Rows of lanes in one array: row r, lane e is at {@code START + r * width + e}. A row is for a
 * unit, a lane for an example.
 */
final class Lanes {

  /** Rows are as long as a multiple of this, so that every vector width divides them. */
  static final int BLOCK = 64;

  /**
   * Where the first row starts. An array's header takes 16 bytes, so that this is at a multiple of
   * 64 bytes, as fast vector instructions like it, if arrays start at one
   * (-XX:ObjectAlignmentInBytes=64).
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

  /** Where a row starts. */
  static int row(int row, int width) {
    return START + row * width;
  }

  /** Sets all lanes of each row to one value, {@code values[at + row]}. */
  static void fill(float[] lanes, float[] values, int at, int rows, int width) {
    for (int r = 0; r < rows; r++) {
      int start = row(r, width);
      Arrays.fill(lanes, start, start + width, values[at + r]);
    }
  }

  /** Sets the lanes from {@code first} on to 0 in all rows. */
  static void clear(float[] lanes, int width, int first) {
    for (int start = START; start < lanes.length; start += width) {
      Arrays.fill(lanes, start + first, start + width, 0f);
    }
  }

  /** Replaces negative values by 0; NaN stays. */
  static void rectify(float[] lanes) {
    for (int i = START; i < lanes.length; i++) {
      lanes[i] = Math.max(lanes[i], 0f);
    }
  }

  /** Lets a gradient through where the rectified value is above 0. */
  static void maskByActivity(float[] gradient, float[] rectified) {
    for (int i = START; i < gradient.length; i++) {
      // 1 for every normal number above 0, without a branch that nobody can predict.
      gradient[i] *= Math.min(rectified[i] * Float.MAX_VALUE, 1f);
    }
  }

  /** Multiplies {@code values} by {@code factors}. */
  static void multiply(float[] values, float[] factors) {
    for (int i = START; i < values.length; i++) {
      values[i] *= factors[i];
    }
  }

  /** Whether the first {@code count} lanes of all rows are finite. */
  static boolean finite(float[] lanes, int width, int count) {
    for (int start = START; start < lanes.length; start += width) {
      for (int e = 0; e < count; e++) {
        if (!Float.isFinite(lanes[start + e])) {
          return false;
        }
      }
    }
    return true;
  }
}
