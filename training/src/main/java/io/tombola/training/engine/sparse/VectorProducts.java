package io.tombola.training.engine.sparse;

import jdk.incubator.vector.FloatVector;

/** Products of surviving weights with rows of lanes, added to rows of lanes, on the Vector API. */
abstract class VectorProducts extends VectorRows implements Kernels {

  /** Lanes that are computed at once: four registers. */
  static final int TILE = 4 * LENGTH;

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
    for (int tile = 0; tile < width; tile += TILE) {
      addTile(index, weights, at, from, fromShift + tile, into, intoShift + tile);
    }
  }

  /** Two segments at a time, so that no addition waits for the one before. */
  private static void addTile(
      SegmentedSparseIndex index,
      float[] weights,
      int at,
      float[] from,
      int fromShift,
      float[] into,
      int intoShift) {
    int[] sources = index.sources;
    int[] targets = index.targets;
    int[] ends = index.segmentEnds;
    int first = 0;
    for (int s = 1; s < ends.length; s += 2) {
      int second = ends[s - 1];
      int end = ends[s];
      int t = targets[s - 1] + intoShift;
      int u = targets[s] + intoShift;
      FloatVector a = FloatVector.fromArray(SPECIES, into, t);
      FloatVector b = FloatVector.fromArray(SPECIES, into, t + LENGTH);
      FloatVector c = FloatVector.fromArray(SPECIES, into, t + 2 * LENGTH);
      FloatVector d = FloatVector.fromArray(SPECIES, into, t + 3 * LENGTH);
      FloatVector e = FloatVector.fromArray(SPECIES, into, u);
      FloatVector f = FloatVector.fromArray(SPECIES, into, u + LENGTH);
      FloatVector g = FloatVector.fromArray(SPECIES, into, u + 2 * LENGTH);
      FloatVector h = FloatVector.fromArray(SPECIES, into, u + 3 * LENGTH);
      int k = first;
      int l = second;
      for (; k < second && l < end; k++, l++) {
        int x = sources[k] + fromShift;
        FloatVector v = FloatVector.broadcast(SPECIES, weights[at + k]);
        a = FloatVector.fromArray(SPECIES, from, x).fma(v, a);
        b = FloatVector.fromArray(SPECIES, from, x + LENGTH).fma(v, b);
        c = FloatVector.fromArray(SPECIES, from, x + 2 * LENGTH).fma(v, c);
        d = FloatVector.fromArray(SPECIES, from, x + 3 * LENGTH).fma(v, d);
        int y = sources[l] + fromShift;
        FloatVector w = FloatVector.broadcast(SPECIES, weights[at + l]);
        e = FloatVector.fromArray(SPECIES, from, y).fma(w, e);
        f = FloatVector.fromArray(SPECIES, from, y + LENGTH).fma(w, f);
        g = FloatVector.fromArray(SPECIES, from, y + 2 * LENGTH).fma(w, g);
        h = FloatVector.fromArray(SPECIES, from, y + 3 * LENGTH).fma(w, h);
      }
      a.intoArray(into, t);
      b.intoArray(into, t + LENGTH);
      c.intoArray(into, t + 2 * LENGTH);
      d.intoArray(into, t + 3 * LENGTH);
      e.intoArray(into, u);
      f.intoArray(into, u + LENGTH);
      g.intoArray(into, u + 2 * LENGTH);
      h.intoArray(into, u + 3 * LENGTH);
      if (k < second) {
        addRow(sources, k, second, weights, at, from, fromShift, into, t);
      } else if (l < end) {
        addRow(sources, l, end, weights, at, from, fromShift, into, u);
      }
      first = end;
    }
    if (ends.length % 2 == 1) {
      int s = ends.length - 1;
      addRow(sources, first, ends[s], weights, at, from, fromShift, into, targets[s] + intoShift);
    }
  }

  private static void addRow(
      int[] sources,
      int first,
      int end,
      float[] weights,
      int at,
      float[] from,
      int fromShift,
      float[] into,
      int target) {
    FloatVector a = FloatVector.fromArray(SPECIES, into, target);
    FloatVector b = FloatVector.fromArray(SPECIES, into, target + LENGTH);
    FloatVector c = FloatVector.fromArray(SPECIES, into, target + 2 * LENGTH);
    FloatVector d = FloatVector.fromArray(SPECIES, into, target + 3 * LENGTH);
    for (int k = first; k < end; k++) {
      int source = sources[k] + fromShift;
      FloatVector weight = FloatVector.broadcast(SPECIES, weights[at + k]);
      a = FloatVector.fromArray(SPECIES, from, source).fma(weight, a);
      b = FloatVector.fromArray(SPECIES, from, source + LENGTH).fma(weight, b);
      c = FloatVector.fromArray(SPECIES, from, source + 2 * LENGTH).fma(weight, c);
      d = FloatVector.fromArray(SPECIES, from, source + 3 * LENGTH).fma(weight, d);
    }
    a.intoArray(into, target);
    b.intoArray(into, target + LENGTH);
    c.intoArray(into, target + 2 * LENGTH);
    d.intoArray(into, target + 3 * LENGTH);
  }
}
