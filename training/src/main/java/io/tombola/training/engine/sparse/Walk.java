package io.tombola.training.engine.sparse;

import java.util.Arrays;

/**
 * Surviving weights in the order in which a kernel visits them, each between two rows of lanes.
 * Neighbours that share the row which they lead to form a segment. Immutable.
 */
final class Walk {

  /** Weights whose gradients are summed together; no segment crosses a multiple of it. */
  static final int CHUNK = 256;

  /** Where the row starts that each weight multiplies. */
  final int[] from;

  /** Where the row starts that each segment leads to. */
  final int[] into;

  /** The first weight after each segment. */
  final int[] end;

  private Walk(int[] from, int[] into, int[] end) {
    this.from = from;
    this.into = into;
    this.end = end;
  }

  /**
   * Visits weights in this order.
   *
   * @param from where the row starts that each weight multiplies
   * @param into where the row starts that each weight leads to
   */
  static Walk of(int[] from, int[] into) {
    int count = from.length;
    int[] rows = new int[count];
    int[] ends = new int[count];
    int segments = 0;
    for (int k = 0; k < count; k++) {
      boolean last = k + 1 == count || (k + 1) % CHUNK == 0 || into[k + 1] != into[k];
      if (last) {
        rows[segments] = into[k];
        ends[segments] = k + 1;
        segments++;
      }
    }
    return new Walk(from.clone(), Arrays.copyOf(rows, segments), Arrays.copyOf(ends, segments));
  }

  /** How many weights there are. */
  int count() {
    return from.length;
  }

  /** How many segments there are. */
  int segments() {
    return end.length;
  }
}
