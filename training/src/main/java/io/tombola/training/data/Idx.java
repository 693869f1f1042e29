package io.tombola.training.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

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
   * Reads a whole unpacked file.
   *
   * @param file named in errors
   * @param ranks numbers of dimensions that will do
   * @throws BadDataException if it is no such file or is truncated
   */
  static Idx read(InputStream in, String file, List<Integer> ranks) throws IOException {
    Idx header = header(in, file, ranks);
    long size = header.size();
    byte[] values = in.readNBytes((int) Math.min(size, Integer.MAX_VALUE));
    long found = values.length + in.transferTo(OutputStream.nullOutputStream());
    if (size != found) {
      throw new BadDataException(
          "%s: expected %d values after the IDX header, found %d%s; fetch the original file again"
              .formatted(file, size, found, found < size ? " (truncated)" : ""));
    }
    return new Idx(header.dimensions, values);
  }

  /**
   * Reads the dimensions alone; there are no {@link #values} then.
   *
   * @throws BadDataException if it is no such file
   */
  static Idx header(InputStream in, String file, List<Integer> ranks) throws IOException {
    int fewest = Integer.BYTES * (1 + ranks.get(0));
    byte[] start = whole(in, file, new byte[0], fewest);
    int magic = ByteBuffer.wrap(start).getInt();
    int rank = magic & 0xff;
    if (magic >>> 8 != UNSIGNED_BYTES || !ranks.contains(rank)) {
      throw new BadDataException(
          "%s: expected IDX magic number %s, found 0x%08x; fetch the original file again"
              .formatted(file, magics(ranks), magic));
    }
    ByteBuffer header = ByteBuffer.wrap(whole(in, file, start, Integer.BYTES * (1 + rank)));
    int[] dimensions = new int[rank];
    header.position(Integer.BYTES).asIntBuffer().get(dimensions);
    return new Idx(dimensions, new byte[0]);
  }

  /** How many dimensions there are. */
  int rank() {
    return dimensions.length;
  }

  /** The length along a dimension, from 0. */
  int dimension(int d) {
    return dimensions[d];
  }

  /** The values themselves, not a copy. */
  byte[] values() {
    return values;
  }

  private long size() {
    long size = 1;
    for (int dimension : dimensions) {
      // Stops growing beyond any file, so that no dimensions can make it overflow.
      size = size > Integer.MAX_VALUE ? size : size * Integer.toUnsignedLong(dimension);
    }
    return size;
  }

  private static byte[] whole(InputStream in, String file, byte[] start, int length)
      throws IOException {
    byte[] header = Arrays.copyOf(start, length);
    int found = start.length + in.readNBytes(header, start.length, length - start.length);
    if (found < length) {
      throw new BadDataException(
          "%s: expected an IDX header of %d bytes, found %d bytes; fetch the original file again"
              .formatted(file, length, found));
    }
    return header;
  }

  private static String magics(List<Integer> ranks) {
    return ranks.stream()
        .map(rank -> "0x%08x".formatted(UNSIGNED_BYTES << 8 | rank))
        .collect(Collectors.joining(" or "));
  }
}
