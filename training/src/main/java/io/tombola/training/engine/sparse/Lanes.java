package io.tombola.training.engine.sparse;

/**
 * Rows of lanes in one array: a row is for a unit, or for a channel of a pixel; a lane of it is for
 * an example. The first row starts at {@link #START}.
 */
final class Lanes {

  /** Rows are as long as a multiple of this, so that every vector width divides them. */
  static final int BLOCK = 64;

  /**
   * Where the first row starts. An array's header takes 16 bytes, so that this is at a multiple of
   * 64 bytes, as fast vector instructions like it, if arrays start at one (with Java's option
   * -XX:ObjectAlignmentInBytes=64).
   */
  static final int START = 12;

  private Lanes() {}

  /** Lanes to have for so many examples. */
  static int width(int examples) {
    return (examples + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Zeros. */
  static float[] zeros(int rows, int width) {
    return new float[Math.addExact(START, Math.multiplyExact(rows, width))];
  }
}
