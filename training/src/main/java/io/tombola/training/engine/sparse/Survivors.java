package io.tombola.training.engine.sparse;

import io.tombola.training.mask.Mask;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.Layer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The surviving weights of one layer in two orders: grouped by unit, as its outputs and the
 * gradients by its weights are computed, and grouped by input, as the gradients by its inputs are.
 * Immutable.
 */
final class Survivors {

  /** Rows of lanes that a group of weights reads again and again: few, so that they stay in L1. */
  private static final int CACHED_VALUES = 96 * 64;

  /** Weights that a segment should have at least, on average. */
  private static final int SEGMENT = 8;

  /** Where each weight is in the canonical layout of all parameters. */
  final int[] canonical;

  /** From input rows to output rows. */
  final Walk forward;

  /** From output rows to input rows; empty for the first layer, whose inputs have no gradients. */
  final Walk backward;

  /** For each weight of {@link #backward} its place in {@link #forward}. */
  final int[] forwardPlace;

  /** The rows of the layer's weights that have survivors, in ascending order. */
  final int[] usedInputs;

  /**
   * Orders a layer's survivors.
   *
   * @param layer from 0; of the first only inputs that are used have a row of lanes
   * @param width lanes of a row
   */
  Survivors(Network network, Mask mask, int layer, int width) {
    Layer shape = network.layers().get(layer);
    BitSet bits = mask.bits(layer);
    int inputs = shape.rows();
    int units = shape.outputs();
    int[] used = IntStream.range(0, inputs).filter(i -> hasSurvivor(bits, i, units)).toArray();
    usedInputs = used;
    int count = mask.count(layer);
    canonical = new int[count];
    int[] inputRows = new int[count];
    int[] unitRows = new int[count];
    int[] place = new int[layer == 0 ? 0 : inputs * units];
    int block = blockOf(count, used.length, units, width);
    int k = 0;
    for (int first = 0; first < used.length; first += block) {
      int after = Math.min(used.length, first + block);
      for (int u = 0; u < units; u++) {
        for (int r = first; r < after; r++) {
          int index = used[r] * units + u;
          if (bits.get(index)) {
            canonical[k] = network.weightOffset(layer) + index;
            inputRows[k] = Lanes.row(layer == 0 ? r : used[r], width);
            unitRows[k] = Lanes.row(u, width);
            if (layer > 0) {
              place[index] = k;
            }
            k++;
          }
        }
      }
    }
    forward = Walk.of(inputRows, unitRows);
    forwardPlace = layer == 0 ? new int[0] : bits.stream().map(index -> place[index]).toArray();
    backward =
        Walk.of(
            Arrays.stream(forwardPlace).map(p -> unitRows[p]).toArray(),
            Arrays.stream(forwardPlace).map(p -> inputRows[p]).toArray());
  }

  private static boolean hasSurvivor(BitSet bits, int row, int units) {
    int next = bits.nextSetBit(row * units);
    return next >= 0 && next < (row + 1) * units;
  }

  /**
   * How many input rows are read for all units before the next ones are. Changes no sum's order.
   */
  private static int blockOf(int count, int inputs, int units, int width) {
    double perUnit = (double) count / units / Math.max(1, inputs);
    int cached = Math.max(1, CACHED_VALUES / width);
    int worthwhile = (int) Math.ceil(SEGMENT / Math.max(perUnit, 1e-6));
    return Math.max(cached, worthwhile);
  }

  /** How many weights survive. */
  int count() {
    return canonical.length;
  }
}
