package io.tombola.training.engine.dense;

import io.tombola.training.data.ImageShape;
import io.tombola.training.engine.dense.nd4j.Matrix;

/**
 * What a convolution with 'same' padding sees from each pixel, as the rows of a matrix, so that the
 * convolution is a product: [pixels][kernel rows * kernel columns * channels], and a last column of
 * ones, where asked for, which makes the product add the biases.
 */
final class Im2Col implements AutoCloseable {

  /** Values of a chunk: about what fits in a core's cache. */
  private static final int CHUNK_VALUES = 300_000;

  private static final int MIN_ROWS = 256;
  private static final int MAX_ROWS = 1024;

  private final ImageShape shape;
  private final int kernel;
  private final int columns;
  private final RowChunks lines;
  private final RowChunks pixels;
  private final ChunkBuffers matrices;
  private final float[] zeros;

  /**
   * Patches of images.
   *
   * @param images how many
   * @param biased whether there is a column of ones
   */
  Im2Col(ImageShape shape, int images, int kernel, boolean biased) {
    this.shape = shape;
    this.kernel = kernel;
    columns = kernel * kernel * shape.channels() + (biased ? 1 : 0);
    int rows = Math.max(MIN_ROWS, Math.min(MAX_ROWS, CHUNK_VALUES / columns));
    int all = images * shape.height();
    lines = new RowChunks(all, Math.min(all, Math.max(1, rows / shape.width())));
    pixels = new RowChunks(all * shape.width(), lines.size() * shape.width());
    matrices = new ChunkBuffers(pixels, columns);
    zeros = new float[kernel * shape.channels()];
    for (Matrix matrix : matrices.all()) {
      clear(matrix, biased);
    }
  }

  /** How the pixels of all images are cut into chunks. */
  RowChunks chunks() {
    return pixels;
  }

  int columns() {
    return columns;
  }

  // What lies beside an image stays 0 and the last column stays 1: only the rest is ever written.
  private void clear(Matrix matrix, boolean biased) {
    float[] row = new float[columns];
    row[columns - 1] = biased ? 1 : 0;
    for (int at = 0; at < matrix.length(); at += columns) {
      matrix.stage(at, row, 0, columns);
    }
  }

  /**
   * The patches of a chunk's pixels, valid until the next call.
   *
   * @param images [images][height][width][channels]
   */
  Matrix gather(float[] images, int chunk) {
    Matrix matrix = matrices.of(chunk);
    for (int l = 0; l < lines.rows(chunk); l++) {
      int line = lines.first(chunk) + l;
      for (int k = 0; k < kernel; k++) {
        int row = line % shape.height() + k - kernel / 2;
        int at = l * shape.width() * columns + k * zeros.length;
        if (row < 0 || row >= shape.height()) {
          clearLine(matrix, at);
        } else {
          int from = (line + k - kernel / 2) * shape.width() * shape.channels();
          gatherLine(images, from, matrix, at);
        }
      }
    }
    matrix.commit();
    return matrix;
  }

  private void gatherLine(float[] images, int from, Matrix matrix, int at) {
    int channels = shape.channels();
    int width = shape.width();
    for (int x = 0; x < width; x++) {
      int first = Math.max(0, x - kernel / 2);
      int end = Math.min(width, x + kernel / 2 + 1);
      int into = at + x * columns + (first - x + kernel / 2) * channels;
      matrix.stage(into, images, from + first * channels, (end - first) * channels);
    }
  }

  private void clearLine(Matrix matrix, int at) {
    for (int x = 0; x < shape.width(); x++) {
      matrix.stage(at + x * columns, zeros, 0, zeros.length);
    }
  }

  @Override
  public void close() {
    matrices.close();
  }
}
