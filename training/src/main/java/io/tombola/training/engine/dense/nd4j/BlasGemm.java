package io.tombola.training.engine.dense.nd4j;

import org.nd4j.linalg.factory.Nd4j;

/** Products by the BLAS of ND4J's backend. */
final class BlasGemm implements Gemm {

  @Override
  public void multiply(
      Matrix a, boolean aTransposed, Matrix b, boolean bTransposed, Matrix into, float kept) {
    // (a * b)ᵀ = bᵀ * aᵀ
    Nd4j.gemm(b.transposed(), a.transposed(), into.transposed(), bTransposed, aTransposed, 1, kept);
  }
}
