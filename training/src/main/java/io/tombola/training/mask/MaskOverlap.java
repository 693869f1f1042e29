package io.tombola.training.mask;

import io.tombola.training.network.Network;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * How much two masks have in common, in a layer or over the whole network.
 *
 * @param first weights that the one keeps
 * @param second weights that the other keeps
 * @param common weights that both keep
 * @param total prunable weights
 * @param chanceCommon weights that both would be expected to keep if each had drawn as many in each
 *     layer at random
 */
public record MaskOverlap(long first, long second, long common, long total, double chanceCommon) {

  /**
   * Compares two masks over the whole network.
   *
   * @throws IllegalArgumentException if they are of different networks
   */
  public static MaskOverlap of(Mask first, Mask second) {
    return byLayer(first, second).stream().reduce(MaskOverlap::plus).orElseThrow();
  }

  /**
   * Compares two masks layer by layer, from input to output.
   *
   * @throws IllegalArgumentException if they are of different networks
   */
  public static List<MaskOverlap> byLayer(Mask first, Mask second) {
    Network network = first.network();
    if (!second.network().equals(network)) {
      throw new IllegalArgumentException(
          "expected a mask of %s, found one of %s"
              .formatted(network.name(), second.network().name()));
    }
    List<MaskOverlap> layers = new ArrayList<>();
    for (int l = 0; l < network.prunableLayers().size(); l++) {
      BitSet both = first.bits(l);
      both.and(second.bits(l));
      long total = network.prunableLayers().get(l).weightCount();
      double chance = (double) first.count(l) * second.count(l) / total;
      layers.add(
          new MaskOverlap(first.count(l), second.count(l), both.cardinality(), total, chance));
    }
    return List.copyOf(layers);
  }

  /** {@link #intersectionOverUnion()} over the whole network. */
  public static double intersectionOverUnion(Mask first, Mask second) {
    return of(first, second).intersectionOverUnion();
  }

  /** {@link #chance()} over the whole network. */
  public static double chance(Mask first, Mask second) {
    return of(first, second).chance();
  }

  /** {@link #hammingDistance()} over the whole network. */
  public static double hammingDistance(Mask first, Mask second) {
    return of(first, second).hammingDistance();
  }

  /** Weights that both keep, of those that at least one keeps; 1 if neither keeps any. */
  public double intersectionOverUnion() {
    return overUnion((double) common);
  }

  /**
   * {@link #intersectionOverUnion()} of the expected intersection and union of two random masks
   * with as many weights in each layer.
   */
  public double chance() {
    return overUnion(chanceCommon);
  }

  /**
   * The part of all weights that one of the two keeps and the other does not (You et al. 2020,
   * section 3: the mask distance of early-bird tickets).
   */
  public double hammingDistance() {
    return (first + second - 2.0 * common) / total;
  }

  private double overUnion(double shared) {
    double union = first + second - shared;
    return union == 0 ? 1 : shared / union;
  }

  private MaskOverlap plus(MaskOverlap other) {
    return new MaskOverlap(
        first + other.first,
        second + other.second,
        common + other.common,
        total + other.total,
        chanceCommon + other.chanceCommon);
  }
}
