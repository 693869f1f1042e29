package io.tombola.training.engine.dense.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class MatrixTest {

  // [2][3] and [3][2], row by row.
  private final float[] a = {1, 2, 3, 4, 5, 6};
  private final float[] b = {1, 0, 2, 1, 0, 3};

  @Test
  void multipliesRowMajorMatrices() {
    try (Matrix left = matrix(2, 3, a);
        Matrix right = matrix(3, 2, b);
        Matrix product = new Matrix(2, 2)) {
      product.setProduct(left, right);
      assertArrayEquals(new float[] {5, 11, 14, 23}, values(product));
    }
  }

  @Test
  void multipliesTransposedMatrices() {
    try (Matrix left = matrix(3, 2, a);
        Matrix right = matrix(3, 2, b);
        Matrix byRows = new Matrix(2, 2);
        Matrix byColumns = new Matrix(3, 3)) {
      byRows.setProductOfTransposed(left, right);
      assertArrayEquals(new float[] {7, 18, 10, 22}, values(byRows));
      byColumns.setProductWithTransposed(left, right);
      assertArrayEquals(new float[] {1, 4, 6, 3, 10, 12, 5, 16, 18}, values(byColumns));
    }
  }

  /** The products of other processors, beside those of this one. */
  @Test
  void blasMultipliesLikeTheRest() {
    Gemm blas = new BlasGemm();
    try (Matrix left = matrix(2, 3, a);
        Matrix right = matrix(3, 2, b);
        Matrix alsoThreeByTwo = matrix(3, 2, a);
        Matrix small = new Matrix(2, 2);
        Matrix large = new Matrix(3, 3)) {
      blas.multiply(left, false, right, false, small, 0);
      assertArrayEquals(new float[] {5, 11, 14, 23}, values(small));
      blas.multiply(alsoThreeByTwo, true, right, false, small, 1);
      assertArrayEquals(new float[] {12, 29, 24, 45}, values(small));
      blas.multiply(alsoThreeByTwo, false, right, true, large, 0);
      assertArrayEquals(new float[] {1, 4, 6, 3, 10, 12, 5, 16, 18}, values(large));
    }
  }

  @Test
  void addsProducts() {
    try (Matrix left = matrix(3, 2, a);
        Matrix right = matrix(3, 2, b);
        Matrix sum = new Matrix(2, 2)) {
      sum.setProductOfTransposed(left, right);
      sum.addProductOfTransposed(left, right);
      assertArrayEquals(new float[] {14, 36, 20, 44}, values(sum));
    }
  }

  @Test
  void copiesParts() {
    try (Matrix matrix = matrix(2, 3, a)) {
      matrix.write(1, new float[] {0, 8, 9}, 1, 2);
      float[] part = new float[4];
      matrix.read(0, part, 1, 3);
      assertArrayEquals(new float[] {0, 1, 8, 9}, part);
    }
  }

  private static Matrix matrix(int rows, int columns, float[] values) {
    Matrix matrix = new Matrix(rows, columns);
    matrix.write(0, values, 0, values.length);
    return matrix;
  }

  private static float[] values(Matrix matrix) {
    float[] values = new float[matrix.length()];
    matrix.read(0, values, 0, values.length);
    return values;
  }
}
