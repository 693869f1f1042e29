package io.tombola.training.engine.sparse;

/**
 * What costs time: products of surviving weights with rows of lanes. All implementations give the
 * same bytes: products are fused with the addition that follows, and sums have one order. Not
 * thread-safe.
 */
interface Kernels {

  /** Lanes whose products are added up one after the other; what they give is added as a tree. */
  int SUMMED_LANES = 16;

  /**
   * Adds to every lane of the row that a weight leads to its product with the row it comes from, in
   * the order of the walk.
   *
   * @param at where in {@code weights} the first one is
   * @param fromShift how far the rows to read are from those that the walk names
   * @param intoShift how far the rows to add to are from those
   * @param width lanes of a row
   */
  void addProducts(
      Walk walk,
      float[] weights,
      int at,
      float[] from,
      int fromShift,
      float[] into,
      int intoShift,
      int width);

  /**
   * Sets {@code sums[at + k]}, for each weight k, to the sum over all pixels and all lanes of the
   * products of its two rows: first lane by lane in {@value #SUMMED_LANES} sums, each of every
   * {@value #SUMMED_LANES}th product, then those as a tree, those 8 apart, 4, 2, 1. What comes
   * after the last weight may be overwritten, up to the next multiple of {@value #SUMMED_LANES}.
   *
   * @param fromShifts for each pixel, how far its rows are from those that the walk names
   * @param intoShifts for each pixel, how far the rows that the weights lead to are from those
   */
  void sumProducts(
      Walk walk,
      float[] from,
      int[] fromShifts,
      float[] into,
      int[] intoShifts,
      float[] sums,
      int at,
      int width);

  /** Sets {@code count} values, a multiple of 64, to unsigned bytes / 255, exactly rounded. */
  void toUnitInterval(byte[] bytes, int from, float[] values, int at, int count);

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
