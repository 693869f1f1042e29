package io.tombola.training.engine.dense.nd4j;

import io.tombola.training.engine.PeakKernel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The product of two square matrices in the backend's BLAS, large enough for its full speed. */
public final class PeakGemm implements PeakKernel {

  private static final int EDGE = 768;
  private static final float VALUE = 0.5f;

  private final INDArray a = matrix();
  private final INDArray b = matrix();
  private final INDArray product = matrix();

  private static INDArray matrix() {
    Nd4j.factory().blas().setMaxThreads(1);
    return Nd4j.create(DataType.FLOAT, new long[] {EDGE, EDGE}, 'f').assign(VALUE);
  }

  @Override
  public String name() {
    return "sgemm %d x %d x %d".formatted(EDGE, EDGE, EDGE);
  }

  @Override
  public double flop() {
    return 2.0 * EDGE * EDGE * EDGE;
  }

  @Override
  public void run() {
    Nd4j.gemm(a, b, product, false, false, 1, 0);
  }

  @Override
  public void close() {
    a.close();
    b.close();
    product.close();
  }
}
