package io.tombola.training.engine.sparse;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Kernels on the Vector API, for vectors of 8 and of 16 lanes. Compiled apart from the rest, which
 * knows nothing of the incubating module; found by {@link KernelSelector}.
 *
 * <p>Methods are small because C2 stops inlining in large ones and then puts every vector into an
 * object.
 */
final class VectorKernels extends VectorProducts {

  private static final boolean WIDE = LENGTH == SUMMED_LANES;

  private static final VectorMask<Float> ODD_8 = lanesWith(8);
  private static final VectorMask<Float> ODD_4 = lanesWith(4);
  private static final VectorMask<Float> ODD_2 = lanesWith(2);
  private static final VectorMask<Float> ODD_1 = lanesWith(1);
  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);
  private static final VectorShuffle<Float> REVERSED =
      VectorShuffle.fromOp(SPECIES, i -> Integer.reverse(i) >>> (Integer.SIZE - 4) & (LENGTH - 1));

  private final float[] partials =
      new float[Lanes.START + SegmentedSparseIndex.CHUNK * SUMMED_LANES];

  /**
   * Checks that this machine has such vectors.
   *
   * @throws UnsupportedOperationException if it has others
   */
  VectorKernels() {
    if (LENGTH != 8 && LENGTH != 16) {
      throw new UnsupportedOperationException("expected vectors of 8 or 16, found " + SPECIES);
    }
  }

  private static VectorMask<Float> lanesWith(int bit) {
    long bits = 0;
    for (int i = 0; i < LENGTH; i++) {
      bits |= (i & bit) == 0 ? 0 : 1L << i;
    }
    return VectorMask.fromLong(SPECIES, bits);
  }

  private static VectorShuffle<Float> swap(int bit) {
    return VectorShuffle.fromOp(SPECIES, i -> (i ^ bit) % LENGTH);
  }

  @Override
  public void sumProducts(
      SegmentedSparseIndex index,
      float[] from,
      int[] fromShifts,
      float[] into,
      int[] intoShifts,
      float[] sums,
      int at,
      int width) {
    for (int chunk = 0; chunk < index.chunks(); chunk++) {
      for (int p = 0; p < fromShifts.length; p++) {
        for (int tile = 0; tile < width; tile += TILE) {
          boolean begins = p == 0 && tile == 0;
          sumTile(index, chunk, begins, from, fromShifts[p] + tile, into, intoShifts[p] + tile);
        }
      }
      int first = chunk * SegmentedSparseIndex.CHUNK;
      int count = Math.min(SegmentedSparseIndex.CHUNK, index.count() - first);
      if (WIDE) {
        reduceWide(count, sums, at + first);
      } else {
        reduceNarrow(count, sums, at + first);
      }
    }
  }

  private void sumTile(
      SegmentedSparseIndex index,
      int chunk,
      boolean begins,
      float[] from,
      int fromShift,
      float[] into,
      int intoShift) {
    if (WIDE && begins) {
      multiplyWide(index, chunk, from, fromShift, into, intoShift);
    } else if (WIDE) {
      addWide(index, chunk, from, fromShift, into, intoShift);
    } else if (begins) {
      multiplyNarrow(index, chunk, from, fromShift, into, intoShift);
    } else {
      addNarrow(index, chunk, from, fromShift, into, intoShift);
    }
  }

  private void multiplyWide(
      SegmentedSparseIndex index,
      int chunk,
      float[] from,
      int fromShift,
      float[] into,
      int intoShift) {
    int[] sources = index.sources;
    float[] to = partials;
    int k = chunk * SegmentedSparseIndex.CHUNK;
    int p = Lanes.START;
    int last = Math.min(k + SegmentedSparseIndex.CHUNK, sources.length);
    for (int s = index.firstSegments[chunk]; k < last; s++) {
      int target = index.targets[s] + intoShift;
      FloatVector a = FloatVector.fromArray(SPECIES, into, target);
      FloatVector b = FloatVector.fromArray(SPECIES, into, target + LENGTH);
      FloatVector c = FloatVector.fromArray(SPECIES, into, target + 2 * LENGTH);
      FloatVector d = FloatVector.fromArray(SPECIES, into, target + 3 * LENGTH);
      int end = Math.min(index.segmentEnds[s], last);
      for (; k < end; k++) {
        int source = sources[k] + fromShift;
        FloatVector sum = FloatVector.fromArray(SPECIES, from, source).mul(a);
        sum = FloatVector.fromArray(SPECIES, from, source + LENGTH).fma(b, sum);
        sum = FloatVector.fromArray(SPECIES, from, source + 2 * LENGTH).fma(c, sum);
        FloatVector.fromArray(SPECIES, from, source + 3 * LENGTH).fma(d, sum).intoArray(to, p);
        p += SUMMED_LANES;
      }
    }
  }

  private void addWide(
      SegmentedSparseIndex index,
      int chunk,
      float[] from,
      int fromShift,
      float[] into,
      int intoShift) {
    int[] sources = index.sources;
    float[] to = partials;
    int k = chunk * SegmentedSparseIndex.CHUNK;
    int p = Lanes.START;
    int last = Math.min(k + SegmentedSparseIndex.CHUNK, sources.length);
    for (int s = index.firstSegments[chunk]; k < last; s++) {
      int target = index.targets[s] + intoShift;
      FloatVector a = FloatVector.fromArray(SPECIES, into, target);
      FloatVector b = FloatVector.fromArray(SPECIES, into, target + LENGTH);
      FloatVector c = FloatVector.fromArray(SPECIES, into, target + 2 * LENGTH);
      FloatVector d = FloatVector.fromArray(SPECIES, into, target + 3 * LENGTH);
      int end = Math.min(index.segmentEnds[s], last);
      for (; k < end; k++) {
        int source = sources[k] + fromShift;
        FloatVector sum = FloatVector.fromArray(SPECIES, to, p);
        sum = FloatVector.fromArray(SPECIES, from, source).fma(a, sum);
        sum = FloatVector.fromArray(SPECIES, from, source + LENGTH).fma(b, sum);
        sum = FloatVector.fromArray(SPECIES, from, source + 2 * LENGTH).fma(c, sum);
        FloatVector.fromArray(SPECIES, from, source + 3 * LENGTH).fma(d, sum).intoArray(to, p);
        p += SUMMED_LANES;
      }
    }
  }

  private void multiplyNarrow(
      SegmentedSparseIndex index,
      int chunk,
      float[] from,
      int fromShift,
      float[] into,
      int intoShift) {
    int[] sources = index.sources;
    float[] to = partials;
    int k = chunk * SegmentedSparseIndex.CHUNK;
    int p = Lanes.START;
    int last = Math.min(k + SegmentedSparseIndex.CHUNK, sources.length);
    for (int s = index.firstSegments[chunk]; k < last; s++) {
      int target = index.targets[s] + intoShift;
      FloatVector a = FloatVector.fromArray(SPECIES, into, target);
      FloatVector b = FloatVector.fromArray(SPECIES, into, target + LENGTH);
      FloatVector c = FloatVector.fromArray(SPECIES, into, target + 2 * LENGTH);
      FloatVector d = FloatVector.fromArray(SPECIES, into, target + 3 * LENGTH);
      int end = Math.min(index.segmentEnds[s], last);
      for (; k < end; k++) {
        int source = sources[k] + fromShift;
        FloatVector low = FloatVector.fromArray(SPECIES, from, source).mul(a);
        FloatVector high = FloatVector.fromArray(SPECIES, from, source + LENGTH).mul(b);
        FloatVector.fromArray(SPECIES, from, source + 2 * LENGTH).fma(c, low).intoArray(to, p);
        FloatVector.fromArray(SPECIES, from, source + 3 * LENGTH)
            .fma(d, high)
            .intoArray(to, p + LENGTH);
        p += SUMMED_LANES;
      }
    }
  }

  private void addNarrow(
      SegmentedSparseIndex index,
      int chunk,
      float[] from,
      int fromShift,
      float[] into,
      int intoShift) {
    int[] sources = index.sources;
    float[] to = partials;
    int k = chunk * SegmentedSparseIndex.CHUNK;
    int p = Lanes.START;
    int last = Math.min(k + SegmentedSparseIndex.CHUNK, sources.length);
    for (int s = index.firstSegments[chunk]; k < last; s++) {
      int target = index.targets[s] + intoShift;
      FloatVector a = FloatVector.fromArray(SPECIES, into, target);
      FloatVector b = FloatVector.fromArray(SPECIES, into, target + LENGTH);
      FloatVector c = FloatVector.fromArray(SPECIES, into, target + 2 * LENGTH);
      FloatVector d = FloatVector.fromArray(SPECIES, into, target + 3 * LENGTH);
      int end = Math.min(index.segmentEnds[s], last);
      for (; k < end; k++) {
        int source = sources[k] + fromShift;
        FloatVector low = FloatVector.fromArray(SPECIES, to, p);
        FloatVector high = FloatVector.fromArray(SPECIES, to, p + LENGTH);
        low = FloatVector.fromArray(SPECIES, from, source).fma(a, low);
        high = FloatVector.fromArray(SPECIES, from, source + LENGTH).fma(b, high);
        FloatVector.fromArray(SPECIES, from, source + 2 * LENGTH).fma(c, low).intoArray(to, p);
        FloatVector.fromArray(SPECIES, from, source + 3 * LENGTH)
            .fma(d, high)
            .intoArray(to, p + LENGTH);
        p += SUMMED_LANES;
      }
    }
  }

  /**
   * Sums sixteen weights at a time: each merge halves the vectors and doubles the weights in one.
   */
  private void reduceWide(int count, float[] sums, int at) {
    float[] p = partials;
    for (int k = 0; k < count; k += LENGTH) {
      int group = Lanes.START + k * SUMMED_LANES;
      for (int i = 0; i < 4; i++) {
        int v = group + 4 * i * LENGTH;
        FloatVector merged = merge(neighbours(p, v), neighbours(p, v + 2 * LENGTH), ODD_4, SWAP_4);
        merged.intoArray(p, group + i * LENGTH);
      }
      FloatVector a = merge(p, group, LENGTH, ODD_2, SWAP_2);
      FloatVector b = merge(p, group + 2 * LENGTH, LENGTH, ODD_2, SWAP_2);
      merge(a, b, ODD_1, SWAP_1).rearrange(REVERSED).intoArray(sums, at + k);
    }
  }

  /** In the first half of the lanes one weight's sums of lanes 8 apart, in the other the next's. */
  private static FloatVector neighbours(float[] p, int at) {
    FloatVector outer =
        FloatVector.fromArray(SPECIES, p, at)
            .blend(FloatVector.fromArray(SPECIES, p, at + SUMMED_LANES), ODD_8);
    return outer.add(FloatVector.fromArray(SPECIES, p, at + SUMMED_LANES / 2));
  }

  /** The same for vectors that hold half of a weight's lanes. */
  private void reduceNarrow(int count, float[] sums, int at) {
    float[] p = partials;
    for (int k = 0; k < count; k += LENGTH) {
      int group = Lanes.START + k * SUMMED_LANES;
      for (int i = 0; i < 4; i++) {
        FloatVector a = halves(p, group + i * SUMMED_LANES);
        FloatVector b = halves(p, group + (i + 4) * SUMMED_LANES);
        merge(a, b, ODD_4, SWAP_4).intoArray(p, group + i * LENGTH);
      }
      FloatVector a = merge(p, group, 2 * LENGTH, ODD_2, SWAP_2);
      FloatVector b = merge(p, group + LENGTH, 2 * LENGTH, ODD_2, SWAP_2);
      merge(a, b, ODD_1, SWAP_1).intoArray(sums, at + k);
    }
  }

  private static FloatVector halves(float[] p, int at) {
    return FloatVector.fromArray(SPECIES, p, at)
        .add(FloatVector.fromArray(SPECIES, p, at + LENGTH));
  }

  private static FloatVector merge(
      float[] p, int at, int distance, VectorMask<Float> odd, VectorShuffle<Float> swap) {
    return merge(
        FloatVector.fromArray(SPECIES, p, at),
        FloatVector.fromArray(SPECIES, p, at + distance),
        odd,
        swap);
  }

  /** In the lanes without a bit {@code a}'s sums of lanes that differ in it, in the others b's. */
  private static FloatVector merge(
      FloatVector a, FloatVector b, VectorMask<Float> odd, VectorShuffle<Float> swap) {
    return a.blend(b, odd).add(b.blend(a, odd).rearrange(swap));
  }
}
