package io.tombola.training.engine.dl4j;

import io.tombola.training.data.Split;
import java.util.ArrayList;
import java.util.List;

/** A split's images in the backend's memory, cut into chunks that are evaluated at once. */
final class ExampleChunks implements AutoCloseable {

  /** Examples a chunk: enough for BLAS to run at full speed, few enough to stay in the caches. */
  static final int ROWS = 500;

  private final List<Matrix> images = new ArrayList<>();
  private final int size;

  ExampleChunks(Split split, int values) {
    size = split.size();
    for (int first = 0; first < size; first += ROWS) {
      int rows = Math.min(ROWS, size - first);
      float[] pixels = new float[rows * values];
      for (int r = 0; r < rows; r++) {
        split.gather(first + r, pixels, r * values);
      }
      Matrix chunk = new Matrix(rows, values);
      chunk.write(0, pixels, 0, pixels.length);
      images.add(chunk);
    }
  }

  /** How many chunks there are. */
  int count() {
    return images.size();
  }

  /** A chunk's images, [rows][values]. */
  Matrix images(int chunk) {
    return images.get(chunk);
  }

  /** How many examples a chunk has; only the last may have fewer than {@link #ROWS}. */
  int rows(int chunk) {
    return Math.min(ROWS, size - chunk * ROWS);
  }

  @Override
  public void close() {
    images.forEach(Matrix::close);
  }
}
