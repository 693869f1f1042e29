package io.tombola.training.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.zip.CRC32C;

/**
 * Writes one binary artifact: a magic word, a version, values, and a CRC-32C over all of it. The
 * same values always give the same bytes. Not thread-safe.
 */
public final class BinaryWriter {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Starts an artifact of the given kind; {@code magic} is 4 ASCII characters. */
  public BinaryWriter(String magic, int version) {
    out.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
    writeInt(version);
  }

  /** Appends 4 bytes. */
  public BinaryWriter writeInt(int value) {
    return append(buffer(Integer.BYTES).putInt(value).array());
  }

  /** Appends 8 bytes. */
  public BinaryWriter writeDouble(double value) {
    return append(buffer(Double.BYTES).putDouble(value).array());
  }

  /** Appends a length and as many bytes. */
  public BinaryWriter writeBytes(byte[] value) {
    return writeInt(value.length).append(value);
  }

  /** Appends a length and UTF-8 bytes. */
  public BinaryWriter writeText(String value) {
    return writeBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends a length and the values' bits. */
  public BinaryWriter writeFloats(float[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return writeInt(values.length).append(bytes);
  }

  /**
   * Appends the values' bits in the shorter of two ways: all of them, or which are not 0.0, one bit
   * each, and those.
   */
  public BinaryWriter writeSparseFloats(float[] values) {
    BitSet set = new BitSet(values.length);
    for (int i = 0; i < values.length; i++) {
      if (Float.floatToRawIntBits(values[i]) != 0) {
        set.set(i);
      }
    }
    int count = set.cardinality();
    boolean sparse =
        Float.BYTES * (long) count + values.length / 8 < Float.BYTES * (long) values.length;
    writeInt(sparse ? 1 : 0);
    return sparse ? writeNonZero(values, set, count) : writeFloats(values);
  }

  private BinaryWriter writeNonZero(float[] values, BitSet set, int count) {
    float[] kept = new float[count];
    int next = 0;
    for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
      kept[next++] = values[i];
    }
    return writeInt(values.length).writeBytes(set.toByteArray()).writeFloats(kept);
  }

  /** Appends a length and the values. */
  public BinaryWriter writeLongs(long[] values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Long.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return writeInt(values.length).append(bytes);
  }

  /** The finished artifact. */
  public byte[] finish() {
    CRC32C crc = new CRC32C();
    crc.update(out.toByteArray());
    writeInt((int) crc.getValue());
    return out.toByteArray();
  }

  private BinaryWriter append(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
