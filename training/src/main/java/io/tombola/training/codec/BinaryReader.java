package io.tombola.training.codec;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BinaryWriter} wrote; every method throws {@link IllegalArgumentException} on
 * anything else. Not thread-safe.
 */
public final class BinaryReader {

  private static final int MAGIC_BYTES = 4;
  private static final int CRC_BYTES = Integer.BYTES;

  private final String what;
  private final ByteBuffer in;
  private final int version;

  /**
   * Checks the magic word, the version and the checksum.
   *
   * @param what names the artifact in errors, such as {@code weights}
   */
  public BinaryReader(String what, byte[] bytes, String magic, int version) {
    this(what, bytes, magic, version, version);
  }

  /** Checks the magic word, that the version is one of {@code oldest} to newest, the checksum. */
  public BinaryReader(String what, byte[] bytes, String magic, int oldest, int newest) {
    this.what = what;
    int body = bytes.length - CRC_BYTES;
    if (body < MAGIC_BYTES + Integer.BYTES) {
      throw damaged("it is only " + bytes.length + " bytes long");
    }
    String found = new String(bytes, 0, MAGIC_BYTES, StandardCharsets.US_ASCII);
    if (!found.equals(magic)) {
      throw damaged("it does not start with " + magic);
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, body);
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if ((int) crc.getValue() != all.getInt(body)) {
      throw damaged("its checksum does not fit its content");
    }
    in = all.limit(body).position(MAGIC_BYTES);
    version = readInt();
    if (version < oldest || version > newest) {
      String expected = oldest == newest ? "" + newest : oldest + " to " + newest;
      throw damaged("expected format version " + expected + ", found " + version);
    }
  }

  /** The version that the bytes are of. */
  public int version() {
    return version;
  }

  /** Reads 4 bytes. */
  public int readInt() {
    try {
      return in.getInt();
    } catch (BufferUnderflowException e) {
      throw damaged("it ends too early", e);
    }
  }

  /** Reads 8 bytes. */
  public double readDouble() {
    try {
      return in.getDouble();
    } catch (BufferUnderflowException e) {
      throw damaged("it ends too early", e);
    }
  }

  /** Reads a length and as many bytes. */
  public byte[] readBytes() {
    byte[] bytes = new byte[readLength(1)];
    in.get(bytes);
    return bytes;
  }

  /** Reads a length and UTF-8 text. */
  public String readText() {
    return new String(readBytes(), StandardCharsets.UTF_8);
  }

  /** Reads a length and as many floats. */
  public float[] readFloats() {
    float[] values = new float[readLength(Float.BYTES)];
    in.asFloatBuffer().get(values);
    in.position(in.position() + values.length * Float.BYTES);
    return values;
  }

  /** Reads what {@link BinaryWriter#writeSparseFloats} wrote. */
  public float[] readSparseFloats() {
    int form = readInt();
    if (form == 0) {
      return readFloats();
    }
    int length = readInt();
    BitSet set = BitSet.valueOf(readBytes());
    float[] kept = readFloats();
    if (form != 1 || length < set.length() || set.cardinality() != kept.length) {
      throw damaged("%d values do not fit %d places".formatted(kept.length, length));
    }
    float[] values = new float[length];
    int next = 0;
    for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
      values[i] = kept[next++];
    }
    return values;
  }

  /** Reads a length and as many longs. */
  public long[] readLongs() {
    long[] values = new long[readLength(Long.BYTES)];
    in.asLongBuffer().get(values);
    in.position(in.position() + values.length * Long.BYTES);
    return values;
  }

  /** Checks that nothing is left over. */
  public void finish() {
    if (in.hasRemaining()) {
      throw damaged(in.remaining() + " bytes are left over");
    }
  }

  private int readLength(int unitBytes) {
    int length = readInt();
    if (length < 0 || (long) length * unitBytes > in.remaining()) {
      throw damaged("a length of " + length + " does not fit");
    }
    return length;
  }

  private IllegalArgumentException damaged(String why) {
    return damaged(why, null);
  }

  private IllegalArgumentException damaged(String why, @Nullable Throwable cause) {
    return new IllegalArgumentException("these bytes are no " + what + ": " + why, cause);
  }
}
