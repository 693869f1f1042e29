package io.tombola.training.engine.dense.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The product of two square matrices in the backend's BLAS, large enough for its full speed: what a
 * core of this machine could reach. Confined to the thread that creates it, which closes it.
 */
public final class PeakGemm implements AutoCloseable {

  private static final int EDGE = 768;
  private static final float VALUE = 0.5f;

  private final INDArray a = matrix();
  private final INDArray b = matrix();
  private final INDArray product = matrix();

  private static INDArray matrix() {
    Nd4j.factory().blas().setMaxThreads(1);
    return Nd4j.create(DataType.FLOAT, new long[] {EDGE, EDGE}, 'f').assign(VALUE);
  }

  /** What it computes, with its size. */
  public String name() {
    return "sgemm %d x %d x %d".formatted(EDGE, EDGE, EDGE);
  }

  /** Floating-point operations of one {@link #run}. */
  public double flop() {
    return 2.0 * EDGE * EDGE * EDGE;
  }

  /** Computes the product once, on one core. */
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
