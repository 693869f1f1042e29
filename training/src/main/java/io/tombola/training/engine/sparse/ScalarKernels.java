package io.tombola.training.engine.sparse;

import io.tombola.training.data.PackedPixels;

/** Plain loops, of which the JIT compiler makes what vector code it can. */
final class ScalarKernels implements Kernels {

  private final float[] partial = new float[SUMMED_LANES];

  @Override
  public void addProducts(
      SegmentedSparseIndex index,
      float[] weights,
      int at,
      float[] from,
      int fromShift,
      float[] into,
      int intoShift,
      int width) {
    int k = 0;
    for (int s = 0; s < index.segments(); s++) {
      int target = index.targets[s] + intoShift;
      for (; k < index.segmentEnds[s]; k++) {
        addRow(weights[at + k], from, index.sources[k] + fromShift, into, target, width);
      }
    }
  }

  private static void addRow(
      float weight, float[] from, int source, float[] into, int target, int width) {
    for (int e = 0; e < width; e++) {
      into[target + e] = Math.fma(from[source + e], weight, into[target + e]);
    }
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
    int k = 0;
    for (int s = 0; s < index.segments(); s++) {
      for (; k < index.segmentEnds[s]; k++) {
        for (int p = 0; p < fromShifts.length; p++) {
          int source = index.sources[k] + fromShifts[p];
          int target = index.targets[s] + intoShifts[p];
          for (int e = 0; e < width; e += SUMMED_LANES) {
            if (p == 0 && e == 0) {
              multiply(from, source, into, target);
            } else {
              addProducts(from, source + e, into, target + e);
            }
          }
        }
        sums[at + k] = tree();
      }
    }
  }

  private void multiply(float[] a, int atA, float[] b, int atB) {
    for (int j = 0; j < SUMMED_LANES; j++) {
      partial[j] = a[atA + j] * b[atB + j];
    }
  }

  private void addProducts(float[] a, int atA, float[] b, int atB) {
    for (int j = 0; j < SUMMED_LANES; j++) {
      partial[j] = Math.fma(a[atA + j], b[atB + j], partial[j]);
    }
  }

  private float tree() {
    for (int distance = SUMMED_LANES / 2; distance > 0; distance /= 2) {
      for (int j = 0; j < distance; j++) {
        partial[j] += partial[j + distance];
      }
    }
    return partial[0];
  }

  @Override
  public void toUnitInterval(
      int[] words, int word, int[] images, float[] values, int[] rows, int width) {
    for (int v = 0; v < PackedPixels.PACKED; v++) {
      int at = rows[word * PackedPixels.PACKED + v];
      for (int e = 0; e < width; e++) {
        values[at + e] = (words[images[e] + word] >>> (v * Byte.SIZE) & 0xff) / 255f;
      }
    }
  }

  @Override
  public void rectify(float[] values, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] = Math.max(values[i], 0f);
    }
  }

  @Override
  public void maskByActivity(float[] gradient, int at, float[] rectified, int from, int count) {
    for (int i = 0; i < count; i++) {
      gradient[at + i] = rectified[from + i] > 0 ? gradient[at + i] : 0;
    }
  }

  @Override
  public void multiply(float[] values, int at, float[] factors, int from, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] *= factors[from + i];
    }
  }

  @Override
  public void raise(float[] largest, int at, float[] candidates, int from, int count) {
    for (int i = 0; i < count; i++) {
      largest[at + i] = Math.max(largest[at + i], candidates[from + i]);
    }
  }

  @Override
  public void take(
      float[] left,
      int at,
      float[] largest,
      float[] candidates,
      int from,
      float[] taken,
      int to,
      int count) {
    for (int i = 0; i < count; i++) {
      boolean is = candidates[from + i] == largest[i];
      taken[to + i] = is ? left[at + i] : 0;
      left[at + i] = is ? 0 : left[at + i];
    }
  }
}
