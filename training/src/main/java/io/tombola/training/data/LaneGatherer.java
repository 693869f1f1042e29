package io.tombola.training.data;

/**
 * Gathers examples value by value instead of example by example: one row for each value, one lane
 * of it for each example. Not thread-safe.
 */
public final class LaneGatherer {

  private final int[] values;
  private final int lanes;
  // Examples lie all over the data set; side by side they stay in the caches.
  private byte[] copied = {};

  /**
   * Gathers these values.
   *
   * @param values their places in an example
   * @param lanes length of a row
   */
  public LaneGatherer(int[] values, int lanes) {
    this.values = values.clone();
    this.lanes = lanes;
  }

  /**
   * Writes row r's lane e, at {@code offset + r * lanes + e}; lanes from {@code count} on stay.
   *
   * @param positions of the examples in the split
   * @param count how many of them, at most the number of lanes
   */
  public void gather(Split split, int[] positions, int count, float[] into, int offset) {
    Examples examples = split.examples();
    int length = examples.values();
    if (copied.length != lanes * length) {
      copied = new byte[lanes * length];
    }
    for (int e = 0; e < count; e++) {
      examples.copyPixels(split.index(positions[e]), copied, e * length);
    }
    for (int r = 0; r < values.length; r++) {
      examples.gatherValue(values[r], copied, count, into, offset + r * lanes);
    }
  }
}
