package io.tombola.training.engine.dense;

/**
 * Element-wise operations on a layer's row-major [rows][columns] outputs and gradients, on the
 * heap.
 *
 * <p>The JIT compiler vectorises only loops that use one index for all arrays and have no branches;
 * hence the form of these. None reorders a sum.
 */
final class Elementwise {

  private Elementwise() {}

  /** Copies one row's values to every row. */
  static void repeatRow(float[] from, int offset, float[] into, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, offset, into, r * columns, columns);
    }
  }

  /** Adds {@code bias} to {@code z}. */
  static void add(float[] z, float[] bias) {
    for (int i = 0; i < z.length; i++) {
      z[i] += bias[i];
    }
  }

  /** Adds {@code bias} to {@code z} and replaces negative values by 0; NaN stays. */
  static void addAndRectify(float[] z, float[] bias) {
    for (int i = 0; i < z.length; i++) {
      z[i] = Math.max(z[i] + bias[i], 0f);
    }
  }

  /** Replaces negative values in [from, to) by 0; NaN stays. */
  static void rectify(float[] z, int from, int to) {
    for (int i = from; i < to; i++) {
      z[i] = Math.max(z[i], 0f);
    }
  }

  /** Multiplies {@code values} by {@code factors}. */
  static void multiply(float[] values, float[] factors) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factors[i];
    }
  }

  /** Lets a gradient through where the rectified output is above 0. */
  static void maskByActivity(float[] gradient, float[] rectified) {
    for (int i = 0; i < gradient.length; i++) {
      // 1 for every normal number above 0, without a branch that a processor could not predict.
      gradient[i] *= Math.min(rectified[i] * Float.MAX_VALUE, 1f);
    }
  }

  /**
   * Sets {@code sums} to the sum of the rows, first row first.
   *
   * @param row room for one row
   */
  static void sumRows(float[] values, float[] sums, float[] row) {
    int columns = sums.length;
    System.arraycopy(values, 0, sums, 0, columns);
    for (int start = columns; start < values.length; start += columns) {
      System.arraycopy(values, start, row, 0, columns);
      addRow(sums, row);
    }
  }

  private static void addRow(float[] sums, float[] row) {
    for (int c = 0; c < sums.length; c++) {
      sums[c] += row[c];
    }
  }
}
