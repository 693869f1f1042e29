package io.tombola.training.mask;

import io.tombola.protocol.trial.MaskDensity;
import io.tombola.training.codec.BinaryReader;
import io.tombola.training.codec.BinaryWriter;
import io.tombola.training.network.Network;
import io.tombola.training.network.Network.PrunableLayer;
import io.tombola.training.network.Networks;
import io.tombola.training.network.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which prunable weights of a network survive: one bit a weight, never inferred from weight values.
 * Immutable.
 */
public final class Mask {

  private static final String MAGIC = "TBMK";
  private static final int VERSION = 1;

  private final Network network;
  private final List<BitSet> layers;

  private Mask(Network network, List<BitSet> layers) {
    if (layers.size() != network.prunableLayers().size()) {
      throw new IllegalArgumentException(
          "expected bits for %d layers, found %d"
              .formatted(network.prunableLayers().size(), layers.size()));
    }
    for (int l = 0; l < layers.size(); l++) {
      if (layers.get(l).length() > network.prunableLayers().get(l).weightCount()) {
        throw new IllegalArgumentException(
            "more bits than weights in layer " + network.prunableLayers().get(l).name());
      }
    }
    this.network = network;
    this.layers = layers;
  }

  /** A mask with copies of these bits, one set a layer, set where a weight is kept. */
  public static Mask of(Network network, List<BitSet> layers) {
    return new Mask(network, layers.stream().map(bits -> (BitSet) bits.clone()).toList());
  }

  /** The mask of the dense network. */
  public static Mask ones(Network network) {
    List<BitSet> layers = new ArrayList<>();
    for (PrunableLayer layer : network.prunableLayers()) {
      BitSet bits = new BitSet(layer.weightCount());
      bits.set(0, layer.weightCount());
      layers.add(bits);
    }
    return new Mask(network, List.copyOf(layers));
  }

  /** The network this is for. */
  public Network network() {
    return network;
  }

  /** Whether a weight survives; {@code layer} from 0, {@code index} is row * outputs + output. */
  public boolean keeps(int layer, int index) {
    return layers.get(layer).get(index);
  }

  /** Surviving weights of a layer (from 0). */
  public int count(int layer) {
    return layers.get(layer).cardinality();
  }

  /** A copy of a layer's bits. */
  public BitSet bits(int layer) {
    return (BitSet) layers.get(layer).clone();
  }

  /** How many weights survive, layer by layer. */
  public MaskDensity density() {
    List<MaskDensity.Layer> densities = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      PrunableLayer layer = network.prunableLayers().get(l);
      densities.add(new MaskDensity.Layer(layer.name(), count(l), layer.weightCount()));
    }
    return new MaskDensity(densities);
  }

  /** A copy of the weights with exactly +0.0 where this mask prunes. */
  public Weights apply(Weights weights) {
    if (!weights.network().equals(network)) {
      throw new IllegalArgumentException(
          "expected weights of %s, found %s".formatted(network.name(), weights.network().name()));
    }
    float[] values = weights.toArray();
    for (int l = 0; l < layers.size(); l++) {
      int offset = network.weightOffset(l);
      int count = network.prunableLayers().get(l).weightCount();
      BitSet bits = layers.get(l);
      for (int i = bits.nextClearBit(0); i < count; i = bits.nextClearBit(i + 1)) {
        values[offset + i] = 0f;
      }
    }
    return Weights.of(network, values);
  }

  /** 1 for every kept weight and bias, 0 for every pruned weight, in the canonical layout. */
  public float[] multipliers() {
    float[] ones = new float[network.parameterCount()];
    Arrays.fill(ones, 1f);
    return apply(Weights.of(network, ones)).toArray();
  }

  /** The bytes of the artifact; equal masks give equal bytes. */
  public byte[] encode() {
    BinaryWriter out = new BinaryWriter(MAGIC, VERSION).writeText(network.name());
    layers.forEach(bits -> out.writeLongs(bits.toLongArray()));
    return out.finish();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the bytes are damaged or of an unknown network
   */
  public static Mask decode(byte[] bytes) {
    BinaryReader in = new BinaryReader("mask", bytes, MAGIC, VERSION);
    Network network = Networks.parse(in.readText());
    List<BitSet> layers = new ArrayList<>();
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      layers.add(BitSet.valueOf(in.readLongs()));
    }
    in.finish();
    return new Mask(network, List.copyOf(layers));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that && network.equals(that.network) && layers.equals(that.layers);
  }

  @Override
  public int hashCode() {
    return layers.hashCode();
  }

  @Override
  public String toString() {
    return "Mask[" + density() + "]";
  }
}
