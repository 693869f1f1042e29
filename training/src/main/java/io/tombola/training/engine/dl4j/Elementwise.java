package io.tombola.training.engine.dl4j;

/**
 * What is done to a layer's row-major [rows][columns] outputs and gradients, on heap arrays. The
 * loops are simple so that the JIT compiler makes vector code of them; none reorders a sum.
 */
final class Elementwise {

  private Elementwise() {}

  /** Adds the biases to every row. */
  static void addBias(float[] z, float[] parameters, int biasOffset, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      int row = r * columns;
      for (int c = 0; c < columns; c++) {
        z[row + c] += parameters[biasOffset + c];
      }
    }
  }

  /** Adds the biases to every row and replaces negative values by 0. */
  static void addBiasAndRectify(
      float[] z, float[] parameters, int biasOffset, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      int row = r * columns;
      for (int c = 0; c < columns; c++) {
        z[row + c] = Math.max(z[row + c] + parameters[biasOffset + c], 0f);
      }
    }
  }

  /** Lets a gradient through where the rectified output is above 0. */
  static void maskByActivity(float[] gradient, float[] rectified, int count) {
    for (int i = 0; i < count; i++) {
      gradient[i] = rectified[i] > 0f ? gradient[i] : 0f;
    }
  }

  /** Sets {@code sums} to the sum of the rows, first row first. */
  static void sumRows(float[] values, float[] sums, int rows, int columns) {
    for (int c = 0; c < columns; c++) {
      sums[c] = 0f;
    }
    for (int r = 0; r < rows; r++) {
      int row = r * columns;
      for (int c = 0; c < columns; c++) {
        sums[c] += values[row + c];
      }
    }
  }
}
