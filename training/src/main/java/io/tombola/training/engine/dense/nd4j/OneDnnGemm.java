package io.tombola.training.engine.dense.nd4j;

import io.tombola.training.engine.dense.onednn.OneDnn;
import org.bytedeco.dnnl.global.dnnl;

/** Products by oneDNN, which makes its kernels for the processor at hand. */
final class OneDnnGemm implements Gemm {

  @Override
  public void multiply(
      Matrix a, boolean aTransposed, Matrix b, boolean bTransposed, Matrix into, float kept) {
    OneDnn.check(
        dnnl.dnnl_sgemm(
            letter(aTransposed),
            letter(bTransposed),
            into.rows(),
            into.columns(),
            aTransposed ? a.rows() : a.columns(),
            1,
            a.address(),
            a.columns(),
            b.address(),
            b.columns(),
            kept,
            into.address(),
            into.columns()));
  }

  private static byte letter(boolean transposed) {
    return (byte) (transposed ? 'T' : 'N');
  }
}
