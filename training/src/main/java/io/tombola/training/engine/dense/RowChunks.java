package io.tombola.training.engine.dense;

/**
 * Rows cut into chunks that are computed one after the other, so that a chunk stays in the caches.
 *
 * @param rows all of them
 * @param size rows of each chunk but the last, which has what is left
 */
record RowChunks(int rows, int size) {

  int count() {
    return (rows + size - 1) / size;
  }

  /** The first row of a chunk, from 0. */
  int first(int chunk) {
    return chunk * size;
  }

  int rows(int chunk) {
    return Math.min(size, rows - first(chunk));
  }
}
