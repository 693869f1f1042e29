package io.tombola.training.engine.sparse;

/**
 * What is done to each value of rows of lanes by itself. All implementations give the same bytes.
 */
interface RowKernels {

  /**
   * Sets four rows to pixels / 255, exactly rounded.
   *
   * @param words four pixels each, as in {@link io.tombola.training.data.PackedPixels}
   * @param word which word of an image
   * @param images for each lane, where its image begins in {@code words}
   * @param rows where the row of each value of an image starts
   * @param width lanes of a row, a multiple of 64
   */
  void toUnitInterval(int[] words, int word, int[] images, float[] values, int[] rows, int width);

  /** Replaces {@code count} values, a multiple of 64, by 0 where they are negative; NaN stays. */
  void rectify(float[] values, int at, int count);

  /** Lets {@code count} gradients through where the rectified value is above 0. */
  void maskByActivity(float[] gradient, int at, float[] rectified, int from, int count);

  /** Multiplies {@code count} values by factors. */
  void multiply(float[] values, int at, float[] factors, int from, int count);

  /** Replaces {@code count} values by the candidates where those are larger; NaN stays. */
  void raise(float[] largest, int at, float[] candidates, int from, int count);

  /**
   * Moves {@code count} values to another place where the candidate is the largest; elsewhere that
   * place becomes 0.
   *
   * @param left what is to be moved; 0 where it was
   * @param largest at least the candidates, from its beginning on
   */
  void take(
      float[] left,
      int at,
      float[] largest,
      float[] candidates,
      int from,
      float[] taken,
      int to,
      int count);
}
