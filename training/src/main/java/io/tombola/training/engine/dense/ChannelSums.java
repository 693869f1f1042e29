package io.tombola.training.engine.dense;

import java.util.Arrays;

/**
 * Sums over the rows of [rows][channels] values, channel by channel: in single precision over some
 * rows, first to last, then in double precision. Buffers are reused.
 */
final class ChannelSums {

  private static final int BLOCK_ROWS = 64;

  private final float[] partial;
  private final double[] sums;

  ChannelSums(int channels) {
    partial = new float[channels];
    sums = new double[channels];
  }

  /** Something to sum, for the values of one row. */
  interface Term {
    /** Adds this row's terms, one a channel, to {@code partial}. */
    void add(int rowStart, float[] partial);
  }

  /** The sums, valid until the next call. */
  double[] of(int rows, Term term) {
    int channels = sums.length;
    Arrays.fill(sums, 0);
    for (int first = 0; first < rows; first += BLOCK_ROWS) {
      Arrays.fill(partial, 0);
      int end = Math.min(rows, first + BLOCK_ROWS);
      for (int r = first; r < end; r++) {
        term.add(r * channels, partial);
      }
      for (int c = 0; c < channels; c++) {
        sums[c] += partial[c];
      }
    }
    return sums;
  }
}
