package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * The values between two layers, or the gradient by them, [examples][values]: on the heap, with a
 * copy in the backend's memory where a matrix product needs one.
 */
final class Activations implements AutoCloseable {

  private final float[] heap;
  private final int rows;
  private final int columns;
  private @Nullable Matrix matrix;
  private boolean copied;

  /** Zeros. */
  Activations(int rows, int columns) {
    this(rows, columns, new float[Math.multiplyExact(rows, columns)]);
  }

  private Activations(int rows, int columns, float[] heap) {
    this.rows = rows;
    this.columns = columns;
    this.heap = heap;
  }

  /** No values: the input of a layer before its first batch. */
  static Activations none() {
    return new Activations(0, 0);
  }

  /** Values that only products will read; {@code values} are copied and may be used again. */
  static Activations inBackend(int rows, int columns, float[] values) {
    Activations kept = new Activations(rows, columns, new float[0]);
    kept.buffer().write(0, values, 0, values.length);
    kept.copied = true;
    return kept;
  }

  /** The values row by row; a caller that changes them calls {@link #changed}. */
  float[] array() {
    return heap;
  }

  /** Marks the values in {@link #array} as newer than the copy in the backend. */
  void changed() {
    copied = false;
  }

  /** The values for a product to read, [rows][columns]. */
  Matrix matrix() {
    Matrix copy = buffer();
    if (!copied) {
      copy.write(0, heap, 0, heap.length);
      copied = true;
    }
    return copy;
  }

  /** Where a product may put its result; {@link #fetch} follows. */
  Matrix buffer() {
    if (matrix == null) {
      if (rows == 0) {
        // Native code would read from an address that holds nothing.
        throw new IllegalStateException("expected a batch before its gradients, found none");
      }
      matrix = new Matrix(rows, columns);
    }
    return matrix;
  }

  /** Like {@link #fetch}, with 0 for negative values; NaN stays. */
  void fetchRectified() {
    Matrix result = result();
    for (int at = 0; at < heap.length; at += result.copyLength()) {
      int count = Math.min(result.copyLength(), heap.length - at);
      result.read(at, heap, at, count);
      Elementwise.rectify(heap, at, at + count);
    }
    copied = false;
  }

  /** Copies the result of a product to {@link #array}. */
  void fetch() {
    result().read(0, heap, 0, heap.length);
    copied = true;
  }

  private Matrix result() {
    if (matrix == null) {
      throw new IllegalStateException("expected the result of a product, found no buffer");
    }
    return matrix;
  }

  @Override
  public void close() {
    if (matrix != null) {
      matrix.close();
      matrix = null;
      copied = false;
    }
  }
}
