package io.tombola.training.engine.sparse;

import io.tombola.training.network.Network.PrunableLayer;
import java.util.BitSet;

/**
 * The surviving weights of one layer in two orders: grouped by output, as its outputs and the
 * gradients by its weights are computed, and grouped by input, as the gradients by its inputs are.
 * Immutable.
 */
final class SparseWeights {

  /**
   * The rows of lanes that a layer's weights are between, at its first pixel.
   *
   * @param inputs where the row starts that each row of weights multiplies
   * @param outputs where the row of each unit starts
   * @param width lanes of a row
   */
  record Rows(Starts inputs, Starts outputs, int width) {}

  /** Where rows start. */
  interface Starts {

    /** Where the row starts of an input or an output, from 0. */
    int of(int index);
  }

  /**
   * The way back: from the gradients by outputs to those by inputs.
   *
   * @param outputShift how far the rows that a row of weights multiplies are from {@link
   *     Rows#outputs}
   * @param inputs where the row starts that each row of weights leads to
   * @param target which input, from 0, that is
   * @param targets how many inputs there are
   * @param taps how many outputs are read for one input
   * @param tap which of them a row of weights reads, from 0
   */
  record Back(
      Starts outputShift, Starts inputs, Starts target, int targets, int taps, Starts tap) {}

  /** Where each weight is in the canonical layout of all parameters. */
  final int[] canonical;

  /** From inputs to outputs. */
  final SegmentedSparseIndex forward;

  private final int[] rows;
  private final int[] units;
  private final int[] places;
  private final PrunableLayer layer;
  private final Rows at;

  /**
   * Orders a layer's surviving weights.
   *
   * @param bits set where a weight survives, by row * outputs + output
   * @param offset where the layer's weights are in the canonical layout
   */
  SparseWeights(PrunableLayer layer, BitSet bits, int offset, Rows at) {
    this.layer = layer;
    this.at = at;
    int[] indices = bits.stream().toArray();
    int count = indices.length;
    rows = new int[count];
    units = new int[count];
    for (int k = 0; k < count; k++) {
      rows[k] = indices[k] / layer.outputs();
      units[k] = indices[k] % layer.outputs();
    }
    int[] order =
        SegmentedSparseIndex.order(rows, layer.rows(), units, layer.outputs(), at.width());
    canonical = new int[count];
    places = new int[count];
    int[] from = new int[count];
    int[] into = new int[count];
    for (int k = 0; k < count; k++) {
      int weight = order[k];
      places[weight] = k;
      canonical[k] = offset + indices[weight];
      from[k] = at.inputs().of(rows[weight]);
      into[k] = at.outputs().of(units[weight]);
    }
    forward = SegmentedSparseIndex.of(from, into);
  }

  /** How many weights survive. */
  int count() {
    return canonical.length;
  }

  /** From gradients by outputs to gradients by inputs. */
  Backward backward(Back back) {
    int count = count();
    int[] sources = new int[count];
    int[] targets = new int[count];
    for (int k = 0; k < count; k++) {
      sources[k] = back.tap().of(rows[k]) * layer.outputs() + units[k];
      targets[k] = back.target().of(rows[k]);
    }
    int sourceCount = back.taps() * layer.outputs();
    int[] order =
        SegmentedSparseIndex.order(sources, sourceCount, targets, back.targets(), at.width());
    int[] from = new int[count];
    int[] into = new int[count];
    int[] forwardPlaces = new int[count];
    for (int k = 0; k < count; k++) {
      int weight = order[k];
      from[k] = at.outputs().of(units[weight]) + back.outputShift().of(rows[weight]);
      into[k] = back.inputs().of(rows[weight]);
      forwardPlaces[k] = places[weight];
    }
    return new Backward(SegmentedSparseIndex.of(from, into), forwardPlaces);
  }

  /** The same weights in the order of the way back. */
  static final class Backward {

    /** From outputs to inputs. */
    final SegmentedSparseIndex index;

    /** The place of each weight in {@link SparseWeights#forward}. */
    final int[] forwardPlaces;

    Backward(SegmentedSparseIndex index, int[] forwardPlaces) {
      this.index = index;
      this.forwardPlaces = forwardPlaces;
    }
  }
}
