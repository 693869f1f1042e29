package io.tombola.training.network;

import io.tombola.training.codec.BinaryReader;
import io.tombola.training.codec.BinaryWriter;
import java.util.Arrays;

/**
 * All parameters of a network, biases included, in its canonical layout. Immutable: values are
 * copied in and out, so that no training can touch the weights it started from.
 */
public final class Weights {

  private static final String MAGIC = "TBWT";
  private static final int VERSION = 1;

  private final Network network;
  private final float[] values;

  private Weights(Network network, float[] values) {
    if (values.length != network.parameterCount()) {
      throw new IllegalArgumentException(
          "expected %d parameters for %s, found %d"
              .formatted(network.parameterCount(), network.name(), values.length));
    }
    this.network = network;
    this.values = values;
  }

  /** Weights with a copy of these values, in the canonical layout. */
  public static Weights of(Network network, float[] values) {
    return new Weights(network, values.clone());
  }

  /** The network these are for. */
  public Network network() {
    return network;
  }

  /** A copy of the values in the canonical layout. */
  public float[] toArray() {
    return values.clone();
  }

  /** One weight of a layer (from 0); {@code index} is row * outputs + output. */
  public float weight(int layer, int index) {
    int count = network.prunableLayers().get(layer).weightCount();
    if (index < 0 || index >= count) {
      throw new IndexOutOfBoundsException(
          "expected a weight index below " + count + ", found " + index);
    }
    return values[network.weightOffset(layer) + index];
  }

  /** The bytes of the artifact; equal weights give equal bytes. */
  public byte[] encode() {
    return new BinaryWriter(MAGIC, VERSION).writeText(network.name()).writeFloats(values).finish();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the bytes are damaged or of an unknown network
   */
  public static Weights decode(byte[] bytes) {
    BinaryReader in = new BinaryReader("weights", bytes, MAGIC, VERSION);
    Network network = Networks.parse(in.readText());
    float[] values = in.readFloats();
    in.finish();
    return new Weights(network, values);
  }

  /** Whether network and all bits are equal; 0.0 and -0.0 differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Weights that
        && network.equals(that.network)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Weights[" + network.name() + ", " + values.length + " parameters]";
  }
}
