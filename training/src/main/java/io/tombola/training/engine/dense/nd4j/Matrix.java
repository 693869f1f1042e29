package io.tombola.training.engine.dense.nd4j;

import java.nio.FloatBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A row-major matrix in the backend's memory, where its BLAS reads and writes. Confined to the
 * thread that allocates it, which closes it.
 */
public final class Matrix implements AutoCloseable {

  private static final int CACHED_LENGTH = 2048;

  private static final Gemm GEMM = Nd4jBackend.usesOneDnn() ? new OneDnnGemm() : new BlasGemm();

  // Row-major [rows][columns] is column-major [columns][rows], the only order that ND4J's gemm
  // takes without a copy.
  private final INDArray transposed;
  private final int rows;
  private final int columns;
  // Present where the backend computes in the host's memory.
  private final Optional<FloatBuffer> host;
  private final Optional<FloatPointer> address;
  // What is staged where the backend does not.
  private float[] staged = {};

  /** Zeros, [rows][columns], in the backend's memory. */
  public Matrix(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    transposed = Nd4j.create(DataType.FLOAT, new long[] {columns, rows}, 'f');
    boolean onHost = Nd4j.getEnvironment().isCPU();
    host = onHost ? Optional.of(transposed.data().asNioFloat()) : Optional.empty();
    address =
        onHost
            ? Optional.of(new FloatPointer(transposed.data().addressPointer()))
            : Optional.empty();
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** How many columns there are. */
  public int columns() {
    return columns;
  }

  /** Where the values are, row by row; only where the backend computes in the host's memory. */
  public FloatPointer address() {
    return address.orElseThrow();
  }

  /** Where a value is, counted from 0 row by row, like {@link #address()}. */
  public FloatPointer address(int at) {
    return address().getPointer(at);
  }

  /** This matrix transposed, as ND4J sees it. */
  INDArray transposed() {
    return transposed;
  }

  /** Values of this matrix. */
  public int length() {
    return (int) transposed.length();
  }

  /**
   * Values to copy at once when they are updated on the heap: few, so that they stay in the caches,
   * or all, where each copy goes to another memory.
   */
  public int copyLength() {
    return host.isPresent() ? CACHED_LENGTH : length();
  }

  /** Copies {@code count} values from {@code from} to this matrix, from value {@code at} on. */
  public void write(int at, float[] from, int offset, int count) {
    if (host.isPresent()) {
      host.get().put(at, from, offset, count);
    } else {
      float[] all = at == 0 && count == length() ? new float[count] : transposed.data().asFloat();
      System.arraycopy(from, offset, all, at, count);
      transposed.data().setData(all);
    }
  }

  /**
   * Like {@link #write}, for many small parts of a matrix that nothing else writes; {@link #commit}
   * follows the last.
   */
  public void stage(int at, float[] from, int offset, int count) {
    if (host.isPresent()) {
      host.get().put(at, from, offset, count);
    } else {
      staged = staged.length == 0 ? new float[length()] : staged;
      System.arraycopy(from, offset, staged, at, count);
    }
  }

  /** Makes what was staged so far this matrix. */
  public void commit() {
    if (host.isEmpty()) {
      transposed.data().setData(staged);
    }
  }

  /** Copies {@code count} values of this matrix, from value {@code at} on, to {@code into}. */
  public void read(int at, float[] into, int offset, int count) {
    if (host.isPresent()) {
      host.get().get(at, into, offset, count);
    } else {
      System.arraycopy(transposed.data().asFloat(), at, into, offset, count);
    }
  }

  /** Adds {@code aᵀ * b} to this. */
  public void addProductOfTransposed(Matrix a, Matrix b) {
    GEMM.multiply(a, true, b, false, this, 1);
  }

  /** Sets this to {@code a * b}. */
  public void setProduct(Matrix a, Matrix b) {
    GEMM.multiply(a, false, b, false, this, 0);
  }

  /** Sets this to {@code aᵀ * b}. */
  public void setProductOfTransposed(Matrix a, Matrix b) {
    GEMM.multiply(a, true, b, false, this, 0);
  }

  /** Sets this to {@code a * bᵀ}. */
  public void setProductWithTransposed(Matrix a, Matrix b) {
    GEMM.multiply(a, false, b, true, this, 0);
  }

  /** Frees the memory now rather than when the garbage collector comes by. */
  @Override
  public void close() {
    transposed.close();
  }
}
