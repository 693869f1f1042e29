package io.tombola.training.data;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The content of an IDX file of unsigned bytes: a magic number with the number of dimensions, the
 * dimensions as big-endian integers, then the values (LeCun, Cortes and Burges, "The MNIST
 * database").
 */
final class Idx {

  private static final int UNSIGNED_BYTES = 0x08;

  private final int[] dimensions;
  private final byte[] values;

  private Idx(int[] dimensions, byte[] values) {
    this.dimensions = dimensions;
    this.values = values;
  }

  /**
   * Reads an unpacked file.
   *
   * @param file named in errors
   * @param rank dimensions expected: 3 for images, 1 for labels
   * @throws BadDataException if it is no such file or is truncated
   */
  static Idx parse(byte[] content, String file, int rank) {
    int headerBytes = Integer.BYTES * (1 + rank);
    if (content.length < headerBytes) {
      throw new BadDataException(
          "%s: expected an IDX header of %d bytes, found %d bytes; fetch the original file again"
              .formatted(file, headerBytes, content.length));
    }
    ByteBuffer header = ByteBuffer.wrap(content);
    int magic = header.getInt();
    if (magic != (UNSIGNED_BYTES << 8 | rank)) {
      throw new BadDataException(
          "%s: expected IDX magic number 0x%08x, found 0x%08x; fetch the original file again"
              .formatted(file, UNSIGNED_BYTES << 8 | rank, magic));
    }
    int[] dimensions = new int[rank];
    long size = 1;
    for (int d = 0; d < rank; d++) {
      dimensions[d] = header.getInt();
      // Stops growing beyond any file, so that no dimensions can make it overflow.
      size = size > Integer.MAX_VALUE ? size : size * Integer.toUnsignedLong(dimensions[d]);
    }
    int found = content.length - headerBytes;
    if (size != found) {
      throw new BadDataException(
          "%s: expected %d values after the IDX header, found %d%s; fetch the original file again"
              .formatted(file, size, found, found < size ? " (truncated)" : ""));
    }
    return new Idx(dimensions, Arrays.copyOfRange(content, headerBytes, content.length));
  }

  /** The length along a dimension, from 0. */
  int dimension(int d) {
    return dimensions[d];
  }

  /** The values themselves, not a copy. */
  byte[] values() {
    return values;
  }
}
