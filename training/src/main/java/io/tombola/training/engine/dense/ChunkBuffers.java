package io.tombola.training.engine.dense;

import io.tombola.training.engine.dense.nd4j.Matrix;
import java.util.ArrayList;
import java.util.List;

/** A matrix that every chunk in turn has for itself; the last may have one of fewer rows. */
final class ChunkBuffers implements AutoCloseable {

  private final RowChunks chunks;
  private final List<Matrix> matrices = new ArrayList<>();

  ChunkBuffers(RowChunks chunks, int columns) {
    this.chunks = chunks;
    matrices.add(new Matrix(chunks.rows(0), columns));
    int last = chunks.rows(chunks.count() - 1);
    if (last < chunks.rows(0)) {
      matrices.add(new Matrix(last, columns));
    }
  }

  /** The matrix for a chunk, [rows of the chunk][columns]. */
  Matrix of(int chunk) {
    return matrices.get(chunks.rows(chunk) == chunks.rows(0) ? 0 : 1);
  }

  /** All there are. */
  List<Matrix> all() {
    return List.copyOf(matrices);
  }

  @Override
  public void close() {
    matrices.forEach(Matrix::close);
  }
}
