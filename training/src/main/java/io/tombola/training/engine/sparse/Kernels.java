package io.tombola.training.engine.sparse;

/**
 * What costs time: products of surviving weights with rows of lanes. All implementations give the
 * same bytes: products are fused with the addition that follows, and sums have one order. Not
 * thread-safe.
 */
interface Kernels extends RowKernels {

  /** Lanes whose products are added up one after the other; what they give is added as a tree. */
  int SUMMED_LANES = 16;

  /**
   * Adds to every lane of the row that a weight leads to its product with the row it comes from, in
   * the order of the index.
   *
   * @param at where in {@code weights} the first one is
   * @param fromShift how far the rows to read are from those that the index names
   * @param intoShift how far the rows to add to are from those
   * @param width lanes of a row
   */
  void addProducts(
      SegmentedSparseIndex index,
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
   * @param fromShifts for each pixel, how far its rows are from those that the index names
   * @param intoShifts for each pixel, how far the rows that the weights lead to are from those
   */
  void sumProducts(
      SegmentedSparseIndex index,
      float[] from,
      int[] fromShifts,
      float[] into,
      int[] intoShifts,
      float[] sums,
      int at,
      int width);
}
