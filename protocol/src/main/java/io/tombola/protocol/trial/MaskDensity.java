package io.tombola.protocol.trial;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * How many prunable weights a mask keeps.
 *
 * @param layers in the network's order
 */
public record MaskDensity(List<Layer> layers) {

  /**
   * One prunable layer.
   *
   * @param remaining weights kept
   * @param total prunable weights
   */
  public record Layer(String name, long remaining, long total) {}

  /** Keeps an immutable copy. */
  public MaskDensity {
    layers = List.copyOf(layers);
  }

  /** Weights kept over all layers. */
  @JsonIgnore
  public long remaining() {
    return layers.stream().mapToLong(Layer::remaining).sum();
  }

  /** Prunable weights over all layers. */
  @JsonIgnore
  public long total() {
    return layers.stream().mapToLong(Layer::total).sum();
  }

  /** Pm: the percentage of prunable weights that remain. */
  @JsonIgnore
  public double remainingPercent() {
    return 100.0 * remaining() / total();
  }
}
