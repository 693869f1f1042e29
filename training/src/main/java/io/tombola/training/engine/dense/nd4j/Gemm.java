package io.tombola.training.engine.dense.nd4j;

/** A library's matrix product in single precision. */
interface Gemm {

  /**
   * Sets {@code into} to the product, plus {@code kept} times what it was.
   *
   * @param aTransposed whether {@code a} is transposed first
   * @param bTransposed whether {@code b} is transposed first
   * @param kept 0 or 1; with 0 it does not matter what {@code into} was
   */
  void multiply(
      Matrix a, boolean aTransposed, Matrix b, boolean bTransposed, Matrix into, float kept);
}
