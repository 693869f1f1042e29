package io.tombola.training.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A named array in row-major order, little endian. Immutable. */
public final class Tensor {

  /** What a tensor is made of. */
  public enum Type {
    /** IEEE 754 numbers of 32 bits. */
    FLOAT32("F32", "<f4", Float.BYTES),
    /** A byte each, 1 for true. */
    BOOL("BOOL", "|b1", 1);

    private final String safetensors;
    private final String npy;
    private final int bytes;

    Type(String safetensors, String npy, int bytes) {
      this.safetensors = safetensors;
      this.npy = npy;
      this.bytes = bytes;
    }

    /** What safetensors files call it. */
    String safetensors() {
      return safetensors;
    }

    /** What NumPy files call it. */
    String npy() {
      return npy;
    }
  }

  private final String name;
  private final Type type;
  private final List<Integer> shape;
  private final byte[] content;

  private Tensor(String name, Type type, List<Integer> shape, byte[] content) {
    long values = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (values * type.bytes != content.length) {
      throw new IllegalArgumentException(
          "%s: expected values for shape %s, found %d"
              .formatted(name, shape, content.length / type.bytes));
    }
    this.name = name;
    this.type = type;
    this.shape = List.copyOf(shape);
    this.content = content;
  }

  /** A tensor with a copy of these numbers. */
  public static Tensor floats(String name, List<Integer> shape, float[] values) {
    byte[] content = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return new Tensor(name, Type.FLOAT32, shape, content);
  }

  /** A tensor of truth values. */
  public static Tensor bools(String name, List<Integer> shape, boolean[] values) {
    byte[] content = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      content[i] = (byte) (values[i] ? 1 : 0);
    }
    return new Tensor(name, Type.BOOL, shape, content);
  }

  /** Such as {@code conv-1.weight}. */
  public String name() {
    return name;
  }

  /** What it is made of. */
  public Type type() {
    return type;
  }

  /** Its dimensions, the outermost first. */
  public List<Integer> shape() {
    return shape;
  }

  /** A copy of its values, little endian. */
  public byte[] content() {
    return content.clone();
  }

  @Override
  public String toString() {
    return "Tensor[" + name + ", " + type + ", " + shape + "]";
  }
}
