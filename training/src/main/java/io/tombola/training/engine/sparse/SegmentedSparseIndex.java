package io.tombola.training.engine.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The surviving weights of a layer as a sparse matrix in segmented coordinate format, in the order
 * in which a kernel reads them. Each weight multiplies a source row of lanes and adds to a target
 * row; consecutive weights with the same target form a segment. Immutable.
 */
final class SegmentedSparseIndex {

  /** Weights whose gradients are summed together. */
  static final int CHUNK = 256;

  /** Values of the source rows of a block: so few that they stay in the L1 cache. */
  private static final int CACHED_VALUES = 128 * Lanes.BLOCK;

  /** Weights that a segment should have at least, on average. */
  private static final int MIN_SEGMENT = 12;

  /** By weight: where its source row starts. */
  final int[] sources;

  /** By segment: where its target row starts. */
  final int[] targets;

  /** By segment: the first weight after it. */
  final int[] segmentEnds;

  /** By chunk: the segment of its first weight. */
  final int[] firstSegments;

  private SegmentedSparseIndex(int[] sources, int[] targets, int[] segmentEnds) {
    this.sources = sources;
    this.targets = targets;
    this.segmentEnds = segmentEnds;
    firstSegments = new int[(sources.length + CHUNK - 1) / CHUNK];
    int segment = 0;
    for (int c = 0; c < firstSegments.length; c++) {
      while (segmentEnds[segment] <= c * CHUNK) {
        segment++;
      }
      firstSegments[c] = segment;
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
    int worthwhile = (int) Math.min(sourceCount, Math.ceil(MIN_SEGMENT / Math.max(each, 1e-9)));
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
    return sources.length;
  }

  /** How many chunks of at most {@value #CHUNK} weights there are. */
  int chunks() {
    return firstSegments.length;
  }

  /** How many segments there are. */
  int segments() {
    return segmentEnds.length;
  }
}
