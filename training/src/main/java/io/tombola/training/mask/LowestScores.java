package io.tombola.training.mask;

import io.tombola.protocol.trial.MaskDensity;
import io.tombola.training.mask.SparsitySchedule.SparsityLevel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Removes surviving weights with the lowest scores, equal scores by the lowest canonical index. The
 * order is total: -0.0 equals 0.0, and NaN comes after everything else.
 */
final class LowestScores {

  private LowestScores() {}

  /** Some weights' bits, and where their scores start. */
  private record Part(BitSet bits, int offset) {}

  /**
   * The mask that keeps what {@code level} says and nothing that {@code current} does not.
   *
   * @param scores one for each parameter in the canonical layout; only those of surviving weights
   *     count
   */
  static Mask remove(Mask current, double[] scores, SparsityLevel level) {
    List<Part> parts = new ArrayList<>();
    for (int l = 0; l < current.network().prunableLayers().size(); l++) {
      parts.add(new Part(current.bits(l), current.network().weightOffset(l)));
    }
    level
        .layers()
        .ifPresentOrElse(
            density -> clearInEach(parts, scores, density),
            () -> clear(parts, scores, current.density().remaining() - level.remaining()));
    return Mask.of(current.network(), parts.stream().map(Part::bits).toList());
  }

  private static void clearInEach(List<Part> parts, double[] scores, MaskDensity kept) {
    for (int l = 0; l < parts.size(); l++) {
      long removed = parts.get(l).bits().cardinality() - kept.layers().get(l).remaining();
      clear(List.of(parts.get(l)), scores, removed);
    }
  }

  /** Clears {@code removed} bits of all parts together. */
  private static void clear(List<Part> parts, double[] scores, long removed) {
    if (removed <= 0) {
      return;
    }
    long[] keys = keys(parts, scores);
    long threshold = Quickselect.smallest(keys, (int) removed - 1);
    long ties = removed;
    for (long key : keys) {
      ties -= key < threshold ? 1 : 0;
    }
    for (Part part : parts) {
      BitSet bits = part.bits();
      for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
        long key = key(scores[part.offset() + i]);
        if (key < threshold || (key == threshold && ties-- > 0)) {
          bits.clear(i);
        }
      }
    }
  }

  private static long[] keys(List<Part> parts, double[] scores) {
    long[] keys = new long[parts.stream().mapToInt(part -> part.bits().cardinality()).sum()];
    int count = 0;
    for (Part part : parts) {
      BitSet bits = part.bits();
      for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
        keys[count++] = key(scores[part.offset() + i]);
      }
    }
    return keys;
  }

  /** A number that orders as the score does; adding zero makes -0.0 positive. */
  private static long key(double score) {
    long bits = Double.doubleToLongBits(score + 0.0);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }
}
