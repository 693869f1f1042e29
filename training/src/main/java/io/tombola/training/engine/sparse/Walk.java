package io.tombola.training.engine.sparse;

import java.util.Arrays;

/**
 * Surviving weights in the order in which a kernel visits them, each between two rows of lanes.
 * Neighbours that share the row which they lead to form a segment. Immutable.
 */
final class Walk {

  /** Weights whose gradients are summed together; no segment crosses a multiple of it. */
  static final int CHUNK = 256;

  /** Rows that weights read again and again: so few that they stay in the first cache. */
  private static final int CACHED_VALUES = 96 * Lanes.BLOCK;

  /** Weights that a segment should have at least, on average. */
  private static final int SEGMENT = 8;

  /** Where the row starts that each weight multiplies. */
  final int[] from;

  /** Where the row starts that each segment leads to. */
  final int[] into;

  /** The first weight after each segment. */
  final int[] end;

  /** The first segment of each chunk, and the end of the last. */
  final int[] chunk;

  private Walk(int[] from, int[] into, int[] end) {
    this.from = from;
    this.into = into;
    this.end = end;
    chunk = new int[(from.length + CHUNK - 1) / CHUNK + 1];
    int chunks = 0;
    for (int s = 0; s < end.length; s++) {
      if (end[s] % CHUNK == 0 || s + 1 == end.length) {
        chunk[++chunks] = s + 1;
      }
    }
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

  /**
   * A fast order to visit weights in: those with the same target follow each other, as long as
   * their sources fit in the first cache. Weights of one target keep the order of their sources,
   * whatever fits.
   *
   * @param sources of each weight, from 0; of weights with the same target in ascending order
   * @param targets of each weight, from 0
   * @param width lanes of a row
   * @return which weight is visited first, second, ...
   */
  static int[] order(int[] sources, int sourceCount, int[] targets, int targetCount, int width) {
    int count = sources.length;
    double each = (double) count / Math.max(1L, (long) sourceCount * targetCount);
    int worthwhile = (int) Math.min(sourceCount, Math.ceil(SEGMENT / Math.max(each, 1e-9)));
    int block = Math.max(1, Math.max(CACHED_VALUES / width, worthwhile));
    int[] next = new int[(sourceCount + block - 1) / block * targetCount + 1];
    for (int k = 0; k < count; k++) {
      next[sources[k] / block * targetCount + targets[k] + 1]++;
    }
    for (int g = 1; g < next.length; g++) {
      next[g] += next[g - 1];
    }
    int[] order = new int[count];
    for (int k = 0; k < count; k++) {
      order[next[sources[k] / block * targetCount + targets[k]]++] = k;
    }
    return order;
  }

  /** How many weights there are. */
  int count() {
    return from.length;
  }

  /** How many chunks of at most {@value #CHUNK} weights there are. */
  int chunks() {
    return chunk.length - 1;
  }

  /** How many segments there are. */
  int segments() {
    return end.length;
  }
}
