package io.tombola.training.engine.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Surviving weights in the order in which a kernel visits them, each between two rows of lanes.
 * Neighbours that share the row which they lead to form a segment; the next one leads to another.
 * Immutable.
 */
final class SegmentedSparseIndex {

  /** Weights whose gradients are summed together. */
  static final int CHUNK = 256;

  /** Rows that weights read again and again: so few that they stay in the first cache. */
  private static final int CACHED_VALUES = 128 * Lanes.BLOCK;

  /** Weights that a segment should have at least, on average. */
  private static final int SEGMENT = 12;

  /** Where the row starts that each weight multiplies. */
  final int[] from;

  /** Where the row starts that each segment leads to. */
  final int[] into;

  /** The first weight after each segment. */
  final int[] end;

  /** The segment of the first weight of each chunk. */
  final int[] chunk;

  private SegmentedSparseIndex(int[] from, int[] into, int[] end) {
    this.from = from;
    this.into = into;
    this.end = end;
    chunk = new int[(from.length + CHUNK - 1) / CHUNK];
    int segment = 0;
    for (int c = 0; c < chunk.length; c++) {
      while (end[segment] <= c * CHUNK) {
        segment++;
      }
      chunk[c] = segment;
    }
  }

  /**
   * Visits weights in this order.
   *
   * @param from where the row starts that each weight multiplies
   * @param into where the row starts that each weight leads to
   */
  static SegmentedSparseIndex of(int[] from, int[] into) {
    int count = from.length;
    int[] rows = new int[count];
    int[] ends = new int[count];
    int segments = 0;
    for (int k = 0; k < count; k++) {
      if (k + 1 == count || into[k + 1] != into[k]) {
        rows[segments] = into[k];
        ends[segments] = k + 1;
        segments++;
      }
    }
    return new SegmentedSparseIndex(
        from.clone(), Arrays.copyOf(rows, segments), Arrays.copyOf(ends, segments));
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
    int[] groups = new int[(sourceCount + block - 1) / block * targetCount];
    for (int k = 0; k < count; k++) {
      groups[sources[k] / block * targetCount + targets[k]]++;
    }
    startGroups(groups, targetCount);
    int[] order = new int[count];
    for (int k = 0; k < count; k++) {
      order[groups[sources[k] / block * targetCount + targets[k]]++] = k;
    }
    return order;
  }

  /**
   * Turns the sizes of groups into where they start: block after block, and in a block the smallest
   * first, since processors foresee the end of a loop that is as long as the one before.
   */
  private static void startGroups(int[] groups, int targetCount) {
    int start = 0;
    for (int first = 0; first < groups.length; first += targetCount) {
      List<Integer> block = new ArrayList<>();
      for (int g = first; g < first + targetCount; g++) {
        block.add(g);
      }
      block.sort(Comparator.comparingInt(g -> groups[g]));
      for (int g : block) {
        int size = groups[g];
        groups[g] = start;
        start += size;
      }
    }
  }

  /** How many weights there are. */
  int count() {
    return from.length;
  }

  /** How many chunks of at most {@value #CHUNK} weights there are. */
  int chunks() {
    return chunk.length;
  }

  /** How many segments there are. */
  int segments() {
    return end.length;
  }
}
